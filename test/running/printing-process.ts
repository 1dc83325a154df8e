import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** A program of ours in a process of its own, of which what it prints is kept. */
export class PrintingProcess {
  readonly child: ChildProcess;
  #printed = '';

  /**
   * `called` is what the errors call it; `words` is what Node is given: its own options, then the program, then what that
   * is given.
   */
  protected constructor(
    readonly called: string,
    words: readonly string[],
    settings: Readonly<Record<string, string>>,
  ) {
    this.child = spawn(process.execPath, words, {
      env: { ...process.env, PORT: '0', ...settings },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child.stdout?.on('data', (text: Buffer) => (this.#printed += text.toString()));
    this.child.stderr?.on('data', (text: Buffer) => (this.#printed += text.toString()));
  }

  get printed(): string {
    return this.#printed;
  }

  /** Resolves once the text was printed. @throws where the process ends before */
  async saying(text: string): Promise<void> {
    while (!this.#printed.includes(text)) {
      if (this.child.exitCode !== null)
        throw new Error(`The ${this.called} ended, having printed: ${this.#printed}`);
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
