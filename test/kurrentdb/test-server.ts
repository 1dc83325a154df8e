import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(
  __dirname,
  '../../packages/event-log/dist/kurrentdb/testing/kurrentdb-server.process.js',
);

/** The releases that it can be. */
type Release = '23.10' | '25.1' | '26.1';

/** The test server of the event log, as a process of its own. */
export class TestServer {
  readonly #folder = mkdtempSync(join(tmpdir(), 'kurrentdb-'));
  #child: ChildProcess | undefined;
  #port = 0;

  private constructor(readonly release: Release) {}

  static async start(release: Release = '26.1'): Promise<TestServer> {
    if (!existsSync(program)) throw new Error('The test server is not built; run `npm run build` first.');
    const server = new TestServer(release);
    await server.start();
    return server;
  }

  /** Starts it, at the port that it had before, with what it has kept. */
  async start(): Promise<void> {
    const child = fork(program, [join(this.#folder, 'transactions'), this.release, String(this.#port)], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#child = child;
    const [ready] = (await once(child, 'message')) as [{ readonly port: number }];
    this.#port = ready.port;
  }

  /** The address of a ledger of its own there. */
  address(prefix: string): string {
    return `kurrentdb://127.0.0.1:${this.#port}?tls=false&prefix=${prefix}`;
  }

  /** Ends it without warning. */
  async kill(): Promise<void> {
    if (this.#child === undefined) return;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGKILL');
    await ended;
    this.#child = undefined;
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
