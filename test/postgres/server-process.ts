import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PrintingProcess } from '../running/printing-process';

const script = join(__dirname, '..', '..', 'infra', 'postgres', 'database.js');

class DatabaseProcess extends PrintingProcess {
  static async start(folder: string, port: number): Promise<DatabaseProcess> {
    const process = new DatabaseProcess('database', [script, folder, String(port)], {});
    await process.saying('A database is at');
    return process;
  }
}

/** A PostgreSQL server of a test's own, that can be stopped and started again with its data, at the same port. */
export class OwnServer {
  readonly folder = mkdtempSync(join(tmpdir(), 'own-server-'));
  #process: DatabaseProcess | undefined;

  constructor(readonly port: number) {}

  /** The address of its first database, straight to it, or by way of another port. */
  addressBy(port = this.port): string {
    return `postgresql://ledger@127.0.0.1:${port}/postgres`;
  }

  async start(): Promise<void> {
    this.#process = await DatabaseProcess.start(this.folder, this.port);
  }

  /** Stops it: as an operator would, or as a crash would. */
  async stop(how: 'orderly' | 'crash' = 'orderly'): Promise<void> {
    await this.#process?.end(how === 'orderly' ? 'SIGTERM' : 'SIGQUIT');
    this.#process = undefined;
  }

  async remove(): Promise<void> {
    await this.stop('crash');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
