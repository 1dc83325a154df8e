import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { request } from '../compliance/event-log-compliance';
import { FollowedSqliteLog } from './followed-sqlite-log';
import { SqliteEventLog } from './sqlite-event-log';

let folder: string;
let writer: SqliteEventLog;
let followed: FollowedSqliteLog;
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-'));
  const file = join(folder, 'log.db');
  writer = SqliteEventLog.open(file, () => now);
  followed = FollowedSqliteLog.open(file);
});
afterEach(async () => {
  await followed.close();
  await writer.close();
  rmSync(folder, { recursive: true });
});

test('a file is followed as its writer adds to it, from any position, without gap or repeat', async () => {
  for (const key of ['a', 'b', 'c']) await writer.append(request(key));
  const stop = new AbortController();
  const positions: (bigint | string)[] = [];
  for await (const item of followed.subscribe({ after: 1n, signal: stop.signal })) {
    positions.push('caughtUp' in item ? `caught up at ${item.caughtUp}` : item.position);
    if ('caughtUp' in item) await writer.append(request('d'));
    else if (item.position === 4n) await writer.append(request('e'));
    else if (item.position === 5n) stop.abort();
  }
  expect(positions).toEqual([2n, 3n, 'caught up at 3', 4n, 5n]);
});

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

test('what is read beside the writer is what the writer reads', async () => {
  for (const key of ['a', 'b', 'c', 'd']) {
    now += 1000;
    await writer.append(request(key));
  }
  const page = { after: 1n, limit: 2 };
  expect(await followed.readPage(page)).toEqual(await writer.readPage(page));
  expect(await followed.head()).toEqual(await writer.head());
  const [{ stream } = { stream: '' }] = await writer.readPage({ after: 0n, limit: 1 });
  for (const direction of ['forward', 'backward'] as const)
    expect(await all(followed.readStream(stream, { direction }))).toEqual(
      await all(writer.readStream(stream, { direction })),
    );
  for (const milliseconds of [0, 1000, 2500, 9000]) {
    const instant = new Date(milliseconds).toISOString();
    expect(await followed.positionAt(instant)).toBe(await writer.positionAt(instant));
  }
});
