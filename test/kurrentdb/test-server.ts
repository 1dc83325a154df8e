import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const program = join(
  __dirname,
  '../../packages/event-log/dist/kurrentdb/testing/kurrentdb-server.process.js',
);

/** The test server of the event log, as a process of its own. */
export class TestServer {
  private constructor(
    readonly child: ChildProcess,
    readonly folder: string,
    readonly port: number,
  ) {}

  static async start(): Promise<TestServer> {
    if (!existsSync(program)) throw new Error('The test server is not built; run `npm run build` first.');
    const folder = mkdtempSync(join(tmpdir(), 'kurrentdb-'));
    const child = fork(program, [join(folder, 'transactions'), '26.1', '0'], {
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [ready] = (await once(child, 'message')) as [{ readonly port: number }];
    return new TestServer(child, folder, ready.port);
  }

  /** The address of a ledger of its own there. */
  address(prefix: string): string {
    return `kurrentdb://127.0.0.1:${this.port}?tls=false&prefix=${prefix}`;
  }

  async stop(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
