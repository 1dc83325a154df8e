import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');

/** `ledger serve` in a process of its own, with everything it says kept. */
export class ServeProcess {
  said = '';
  readonly #ended: Promise<number | null>;

  private constructor(readonly child: ChildProcess) {
    this.#ended = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  }

  static async start(
    folder: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServeProcess> {
    const child = spawn(process.execPath, [bin, 'serve', folder, '--port', '0'], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const started = new ServeProcess(child);
    await new Promise<void>((resolve, reject) => {
      const hear = (part: Buffer): void => {
        started.said += part.toString();
        if (started.said.includes('The ledger is ready at')) resolve();
      };
      child.stdout.on('data', hear);
      child.stderr.on('data', hear);
      child.once('exit', () => reject(new Error(`It did not start: ${started.said}`)));
    });
    return started;
  }

  get url(): string {
    return /ready at (\S+)/.exec(this.said)?.[1] ?? '';
  }

  async end(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.child.kill(signal);
    return this.#ended;
  }
}
