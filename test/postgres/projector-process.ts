import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const main = join(__dirname, '..', '..', 'services', 'projector', 'dist', 'main.js');

/** The built projector in a process of its own, as `npm run projector` runs it. */
export class ProjectorProcess {
  #printed = '';

  private constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (text: Buffer) => (this.#printed += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (this.#printed += text.toString()));
  }

  static start(log: string, readModels: string): ProjectorProcess {
    const environment = { ...process.env, LEDGER_LOG: log, LEDGER_READ_MODELS: readModels, PORT: '0' };
    return new ProjectorProcess(
      spawn(process.execPath, [main], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  get printed(): string {
    return this.#printed;
  }

  get url(): string {
    return /Health is at (http:\S+?)\/health/.exec(this.#printed)?.[1] ?? '';
  }

  /** Resolves once the text was printed. @throws where the process ends before */
  async saying(text: string): Promise<void> {
    while (!this.#printed.includes(text)) {
      if (this.child.exitCode !== null)
        throw new Error(`The projector ended, having printed: ${this.#printed}`);
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), once(this.child, 'exit')]);
    }
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}
