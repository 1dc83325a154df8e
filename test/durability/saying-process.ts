import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { endAtLast } from './ended-processes';

const built = join(__dirname, '..', 'dist');
const programs = {
  smallLedger: join(built, 'durability', 'small-ledger', 'small-ledger.process.js'),
  faultRounds: join(built, 'durability', 'faults', 'fault-rounds.process.js'),
  recorder: join(built, 'faults', 'recorder.process.js'),
};

/** A program of these tests in a process of its own, with everything that it says. */
export class SayingProcess {
  #said = '';
  #complaints = '';
  readonly #closed: Promise<unknown>;

  private constructor(readonly child: ChildProcess) {
    endAtLast(child);
    child.stdout?.on('data', (part: Buffer) => (this.#said += part.toString()));
    child.stderr?.on('data', (part: Buffer) => (this.#complaints += part.toString()));
    // Not the end of the process but of its pipes: by then everything it said has been heard.
    this.#closed = once(child, 'close');
  }

  static start(
    program: keyof typeof programs,
    words: readonly (string | number)[],
    environment: Readonly<Record<string, string>> = {},
  ): SayingProcess {
    const file = programs[program];
    if (!existsSync(file)) throw new Error('The tests are not built; run `npm run build` first.');
    return new SayingProcess(
      spawn(process.execPath, [file, ...words.map(String)], {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    );
  }

  /** Everything it has said so far. */
  get said(): string {
    return this.#said;
  }

  /** Resolves when it has said so many bytes, or has ended. */
  async saying(bytes: number): Promise<void> {
    while (this.#said.length < bytes && this.child.exitCode === null && this.child.signalCode === null)
      await Promise.race([once(this.child.stdout ?? this.child, 'data'), this.#closed]);
  }

  /** Resolves when it has ended and everything that it said is heard. @throws where it failed */
  async ended(): Promise<string> {
    await this.#closed;
    if (this.child.exitCode !== 0) throw new Error(`The process failed: ${this.#complaints}`);
    return this.#said;
  }

  /** Resolves when it was killed, by itself or by another. @throws where it ended otherwise */
  async killed(): Promise<string> {
    await this.#closed;
    if (this.child.signalCode === null) throw new Error(`The process was not killed: ${this.#complaints}`);
    return this.#said;
  }

  /** Kills it, with no chance to do anything more; whether it had not ended before. */
  async kill(): Promise<boolean> {
    this.child.kill('SIGKILL');
    await this.#closed;
    return this.child.signalCode === 'SIGKILL';
  }
}
