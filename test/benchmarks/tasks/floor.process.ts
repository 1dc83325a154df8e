import { openDatabase, type Database } from '@ledger/sqlite';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';

/*
 * The limit of rebuilding: one thread scans the log, parses every stored body and folds one group-by Map. Nothing is
 * checked and nothing written. Which way of reading is fastest is found out on the first events.
 */

interface FloorTask {
  readonly logFile: string;
  readonly events: number;
}

/** What is read of a stored body. */
interface Body {
  readonly type: string;
  readonly data: { readonly offer?: string; readonly occurred?: { readonly from: string } };
}

/** Reads the bodies after a position, up to another. */
type Reader = (after: number, upTo: number) => Iterable<Body>;

const page = 1000;
const ofPage = 'FROM event WHERE position > ? AND position <= ?';

/** A row for each event, as an array, its body as bytes or as text. */
function rowReader(database: Database, column: string): Reader {
  const { statement } = database.prepareArrays(`SELECT ${column} ${ofPage} ORDER BY position`);
  return (after, upTo) =>
    // Both drivers give rows as arrays when told to.
    (statement.all(after, upTo) as (string | Uint8Array)[][]).map(([value = '']) =>
      bodyOf(
        typeof value === 'string'
          ? value
          : Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('utf8'),
      ),
    );
}

/** One text for a whole page. */
function textReader(database: Database): Reader {
  const { statement } = database.prepareArrays(
    `SELECT group_concat(CAST(bytes AS TEXT), ',' ORDER BY position) ${ofPage}`,
  );
  return (after, upTo) => {
    const [text] = statement.get(after, upTo) as [string];
    return JSON.parse(`[${text}]`) as Body[];
  };
}

function bodyOf(text: string): Body {
  return JSON.parse(text) as Body;
}

/** Folds the events after a position into counts by type, offer and year. */
function fold(read: Reader, after: number, upTo: number): number {
  const counts = new Map<string, number>();
  for (let at = after; at < upTo; at += page)
    for (const { type, data } of read(at, Math.min(upTo, at + page))) {
      const key = `${type} ${data.offer} ${data.occurred?.from.slice(0, 4)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  let events = 0;
  for (const count of counts.values()) events += count;
  return events;
}

/** The reader that is fastest on the first events, each tried twice: the first time the file is warmed up for all. */
function fastest(readers: readonly Reader[], events: number): Reader {
  const trial = Math.min(events, 40_000);
  const times = readers.map((read) => {
    fold(read, 0, trial);
    const began = process.hrtime.bigint();
    fold(read, 0, trial);
    return process.hrtime.bigint() - began;
  });
  const best = times.reduce((least, time, at) => (time < (times[least] ?? time) ? at : least), 0);
  const found = readers[best];
  if (found === undefined) throw new RangeError('There is no reader');
  return found;
}

serveTask(async ({ logFile, events }: FloorTask): Promise<Sample> => {
  const database = openDatabase(logFile, { synchronous: 'FULL', readOnly: true });
  const readers = [
    rowReader(database, 'bytes'),
    rowReader(database, 'CAST(bytes AS TEXT)'),
    textReader(database),
  ];
  const read = fastest(readers, events);
  const end = startWatch();
  const folded = fold(read, 0, events);
  const used = end();
  database.close();
  if (folded !== events) throw new RangeError(`Only ${folded} of ${events} events were folded`);
  return { ...used, values: { eventsPerSecond: events / used.wallSeconds } };
});
