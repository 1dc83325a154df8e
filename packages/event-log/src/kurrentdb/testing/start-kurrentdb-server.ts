import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Calls, Faults } from './faults';
import type { Release } from './serve-cluster';

/** The built program: the tests run from the sources, and `npm run test:kurrentdb` builds before. */
const program = resolve(__dirname, '../../../dist/kurrentdb/testing/kurrentdb-server.process.js');

/** A test server, which keeps what it was told over kills, at one port. */
export class KurrentDbServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kurrentdb-server-'));
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(readonly release: Release) {}

  static async start(release: Release = '26.1'): Promise<KurrentDbServer> {
    const server = new KurrentDbServer(release);
    await server.start();
    return server;
  }

  /** A connection string of the client. */
  get address(): string {
    return `kurrentdb://127.0.0.1:${this.#port}?tls=false`;
  }

  /** Starts it at the port it had before, with what it has kept, as another release if one is given. */
  async start(release = this.release): Promise<void> {
    const child = fork(program, [join(this.#folder, 'transactions'), release, String(this.#port)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    const [ready] = (await once(child, 'message')) as [{ readonly port: number }];
    this.#port = ready.port;
  }

  /** Ends it without warning. */
  async kill(): Promise<void> {
    const child = this.#child;
    if (child === undefined) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    this.#child = undefined;
  }

  /** Sets what it does wrong from now on; nothing is what it does right. */
  async faults(faults: Partial<Faults>): Promise<void> {
    await this.#order({ faults });
  }

  /** Ends every subscription as a node does that goes away. */
  async dropSubscriptions(): Promise<void> {
    await this.#order({ drop: true });
  }

  /** How often each call has been made since it was started. */
  async calls(): Promise<Calls> {
    return this.#order({ calls: true });
  }

  /** Lets it write events of its own. */
  async systemEvents(number: number): Promise<void> {
    await this.#order({ systemEvents: number });
  }

  /** Ends it, takes the events of a type at a revision out of what it has kept, and starts it: what a scavenge does. */
  async lose(type: string, revision: number): Promise<void> {
    await this.kill();
    const file = join(this.#folder, 'transactions');
    const lines = readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as { readonly type: string; readonly revision: number }[]);
    const left = lines.map((line) => line.filter((kept) => kept.type !== type || kept.revision !== revision));
    writeFileSync(file, left.map((line) => `${JSON.stringify(line)}\n`).join(''));
    await this.start();
  }

  async #order(order: object): Promise<Calls> {
    const child = this.#child;
    if (child === undefined) throw new Error('The test server does not run.');
    const answered = once(child, 'message') as Promise<[{ readonly calls: Calls }]>;
    child.send(order);
    const [{ calls }] = await answered;
    return calls;
  }

  async dispose(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
