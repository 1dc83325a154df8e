import { FollowedSqliteLog } from '@ledger/event-log';
import { historyFromLog, postedLines, Projector } from '@ledger/projections';
import { MemoryReadStore } from '@ledger/read-store';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/* The lines of a log as rows of a table without an index: the least that has to reach PostgreSQL. */

const pageSize = 5000;

/** The rows of text that the lines of each event make, by position. */
export type PlainRows = ReadonlyMap<number, string>;

/** The lines that each event of a log posts. Made before any clock starts. */
export async function plainRowsOf(logFile: string, events: number): Promise<PlainRows> {
  const log = FollowedSqliteLog.open(logFile);
  const store = new MemoryReadStore();
  const projector = new Projector(store, historyFromLog(log), 0, ['figures']);
  for (let after = 0; after < events; after += pageSize)
    await projector.apply(await log.readPage({ after: BigInt(after), limit: pageSize }));
  const rows = new Map<number, string>();
  for await (const line of postedLines(store, events)) {
    const row = Object.values(line)
      .map((value) => (value === null || value === undefined ? '\\N' : String(value)))
      .join('\t');
    rows.set(line.position, `${rows.get(line.position) ?? ''}${row}\n`);
  }
  await log.close();
  return rows;
}

/** A table that such rows are copied into. */
export class PlainTable {
  private constructor(readonly client: Client) {}

  /** Makes the table, as wide as the rows are. */
  static async make(address: string, rows: PlainRows): Promise<PlainTable> {
    const [first = ''] = rows.values();
    const columns = first.split('\n')[0]?.split('\t').length ?? 0;
    // As the read models: what a crash loses is applied again.
    const client = new Client({ connectionString: address, options: '-c synchronous_commit=off' });
    await client.connect();
    const names = Array.from({ length: columns }, (_, at) => `column_${at} text`);
    await client.query(`CREATE TABLE line (${names.join(', ')})`);
    return new PlainTable(client);
  }

  async copy(rows: string): Promise<void> {
    const stream = this.client.query(copyFrom('COPY line FROM STDIN'));
    await new Promise<void>((resolve, reject) => {
      stream.once('error', reject);
      stream.once('finish', resolve);
      stream.end(rows);
    });
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}
