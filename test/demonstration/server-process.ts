import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const main = join(__dirname, '..', '..', 'services', 'standalone', 'dist', 'main.js');

/** The built server in a process of its own, as `npm start` runs it. */
export class ServerProcess {
  #printed = '';

  private constructor(readonly child: ChildProcess) {
    child.stdout?.on('data', (text: Buffer) => (this.#printed += text.toString()));
    child.stderr?.on('data', (text: Buffer) => (this.#printed += text.toString()));
  }

  static start(folder: string, ...args: readonly string[]): ServerProcess {
    return ServerProcess.startWith(folder, {}, ...args);
  }

  static startWith(
    folder: string,
    settings: Readonly<Record<string, string>>,
    ...args: readonly string[]
  ): ServerProcess {
    if (!existsSync(main)) throw new Error('The server is not built; run `npm run build` first.');
    const environment = { ...process.env, ...settings, PORT: '0', LEDGER_DATA: folder };
    return new ServerProcess(
      spawn(process.execPath, [main, ...args], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] }),
    );
  }

  get printed(): string {
    return this.#printed;
  }

  /** Resolves once the text was printed. @throws where the process ends before */
  async saying(text: string): Promise<void> {
    while (!this.#printed.includes(text)) {
      if (this.child.exitCode !== null) throw new Error(`The server ended, having printed: ${this.#printed}`);
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), once(this.child, 'exit')]);
    }
  }

  get url(): string {
    return /Listening on (http:\S+?);/.exec(this.#printed)?.[1] ?? '';
  }

  async end(signal: NodeJS.Signals): Promise<number | null> {
    if (this.child.exitCode === null && this.child.signalCode === null) {
      this.child.kill(signal);
      await once(this.child, 'exit');
    }
    return this.child.exitCode;
  }
}
