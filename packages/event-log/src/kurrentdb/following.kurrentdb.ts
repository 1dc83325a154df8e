import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event, request } from '../compliance/event-log-compliance';
import { MemoryEventLog } from '../memory/memory-event-log';
import type { AppendRequest, EventLog, RecordedEvent } from '../port';
import { SqliteEventLog } from '../sqlite/sqlite-event-log';
import { KurrentDbEventLog } from './kurrentdb-event-log';
import { ForeignWriter } from './testing/foreign-writer';
import { ownPrefix } from './testing/own-prefix';
import { KurrentDbServer } from './testing/start-kurrentdb-server';

const now = (): number => Date.parse('2016-04-01T08:00:00Z');

async function all(log: EventLog): Promise<RecordedEvent[]> {
  const list: RecordedEvent[] = [];
  for await (const one of log.readAll()) list.push(one);
  return list;
}

/** What an event is, so that two logs can be compared. */
const plain = ({ position, revision, stream, bytes }: RecordedEvent): unknown => ({
  position,
  revision,
  stream,
  text: Buffer.from(bytes).toString('utf8'),
});

/** A history: new streams, known ones, several at once. */
function history(): AppendRequest[] {
  const requests: AppendRequest[] = [];
  for (let n = 0; n < 40; n++) {
    requests.push(request(`activity-${n}`, 'no-stream', [event({ n }), event({ n, more: true })]));
    if (n % 3 === 0) requests.push(request('ledger', 'any', [event({ n })]));
    if (n % 5 === 0)
      requests.push({
        ...request('', 'any'),
        writes: [
          { stream: `activity-${n}`, expected: 1n, events: [event({ n, corrected: true })] },
          { stream: `claim-${n}`, expected: 'no-stream', events: [event({ n })] },
        ],
      });
  }
  return requests;
}

describe('every follower of a log in KurrentDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-kurrentdb-'));
  let server: KurrentDbServer;
  let base: string;
  let foreign: ForeignWriter;
  const open: KurrentDbEventLog[] = [];
  const opened = async (address: string, indexFile?: string): Promise<KurrentDbEventLog> => {
    const log = await KurrentDbEventLog.open(address, { now, ...(indexFile !== undefined && { indexFile }) });
    open.push(log);
    return log;
  };
  beforeAll(async () => {
    server = await KurrentDbServer.start();
    base = server.address;
    foreign = new ForeignWriter(base);
  });
  afterEach(async () => {
    for (const log of open.splice(0)) await log.close();
  });
  afterAll(async () => {
    await foreign.close();
    await server.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  test('gives each event the position it has on SQLite, with its bytes, though others write between', async () => {
    const sqlite = SqliteEventLog.open(join(folder, 'same.db'), now);
    const kurrentdb = await opened(ownPrefix(base));
    for (const [at, one] of history().entries()) {
      const [there, here] = [await sqlite.append(one), await kurrentdb.append(one)];
      expect(here.events).toEqual(there.events);
      if (at % 4 === 0) await foreign.write(`order-${at}`, 3);
      if (at % 7 === 0) await server.systemEvents(2);
    }
    expect((await all(kurrentdb)).map(plain)).toEqual((await all(sqlite)).map(plain));
    expect(kurrentdb.findings).toEqual([]);
    await sqlite.close();
  });

  test('gives the same positions: one that wrote, one that came later, one that was open before', async () => {
    const address = ownPrefix(base);
    const early = await opened(address);
    const writer = await opened(address);
    let last = 0n;
    for (const one of history()) last = (await writer.append(one)).position;
    const late = await opened(address);
    expect((await late.head()).position).toBe(last);
    const stop = new AbortController();
    const seen: RecordedEvent[] = [];
    for await (const item of early.subscribe({ after: 0n, signal: stop.signal })) {
      if ('caughtUp' in item) continue;
      seen.push(item);
      if (item.position === last) stop.abort();
    }
    const written = (await all(writer)).map(plain);
    expect(seen.map(plain)).toEqual(written);
    expect((await all(late)).map(plain)).toEqual(written);
  });

  test('gives them again after a restart of both, with what it remembers in a file and without', async () => {
    const address = ownPrefix(base);
    const indexFile = join(folder, 'index.db');
    const first = await opened(address, indexFile);
    for (const one of history()) await first.append(one);
    const before = (await all(first)).map(plain);
    await first.close();
    await foreign.write('order-between', 5);
    await server.kill();
    await server.start();
    const remembering = await opened(address, indexFile);
    expect((await all(remembering)).map(plain)).toEqual(before);
    const forgetful = await opened(address);
    expect((await all(forgetful)).map(plain)).toEqual(before);
    const { position } = await remembering.append(request('more', 'no-stream'));
    expect(position).toBe(BigInt(before.length + 1));
  });

  test('makes its index anew where it is of another database', async () => {
    const indexFile = join(folder, 'other.db');
    const one = await opened(ownPrefix(base), indexFile);
    for (let n = 0; n < 5; n++) await one.append(request(`a-${n}`, 'no-stream'));
    await one.close();
    const other = await opened(ownPrefix(base), indexFile);
    expect((await other.head()).position).toBe(0n);
    await other.close();
    // The same name in a database that has less: one that was restored from an older backup.
    const elsewhere = await KurrentDbServer.start();
    const address = ownPrefix(base);
    const here = await opened(address, indexFile);
    for (let n = 0; n < 5; n++) await here.append(request(`a-${n}`, 'no-stream'));
    await here.close();
    const there = await opened(address.replace(base, elsewhere.address), indexFile);
    expect((await there.head()).position).toBe(0n);
    await there.close();
    await elsewhere.dispose();
  });

  test('knows a cursor that another process was given', async () => {
    const address = ownPrefix(base);
    const [writer, reader] = [await opened(address), await opened(address)];
    for (let n = 0; n < 10; n++) {
      const { cursor, position } = await writer.append(request(`a-${n}`, 'no-stream'));
      expect(await reader.positionOfCursor(cursor)).toBe(position);
      expect((await reader.head()).position).toBeGreaterThanOrEqual(position);
    }
  });

  test('refuses one key on two things by whoever saw the first; what two took at once is listed', async () => {
    const address = ownPrefix(base);
    const [one, other] = [await opened(address), await opened(address)];
    const first = request('a', 'no-stream');
    const second = { ...request('b', 'no-stream'), command: { ...first.command, hash: 'another' } };
    const outcomes = await Promise.allSettled([one.append(first), other.append(second)]);
    const third = await opened(address);
    const written = outcomes.filter(({ status }) => status === 'fulfilled').length;
    expect(third.findings.filter(({ problem }) => problem.includes('One key of test'))).toHaveLength(
      written - 1,
    );
    await expect(
      third.append({ ...request('c'), command: { ...first.command, hash: 'a third' } }),
    ).rejects.toMatchObject({ code: 'COMMAND_KEY_REUSED' });
  });

  test('gives a repeat that went to another process the first result, never its own bytes', async () => {
    const address = ownPrefix(base);
    const one = await opened(address);
    // Another clock: the bytes that it would write are others.
    const other = await KurrentDbEventLog.open(address, { now: () => now() + 1000 });
    open.push(other);
    const same = request('a', 'no-stream', [event({ n: 1 }), event({ n: 2 })]);
    const results = await Promise.all([one.append(same), other.append(same)]);
    expect(results.filter(({ replayed }) => replayed)).toHaveLength(1);
    expect(results[0].events).toEqual(results[1].events);
    expect(await all(one)).toHaveLength(2);
    const later = await KurrentDbEventLog.open(address, { now: () => now() + 60_000 });
    open.push(later);
    expect(await later.append(same)).toMatchObject({ replayed: true, events: results[0].events });
    expect(await all(later)).toHaveLength(2);
  });

  test('does not count what others put into its streams, and says that somebody did', async () => {
    const address = ownPrefix(base);
    const prefix = address.split('prefix=')[1] ?? '';
    const log = await opened(address);
    await log.append(request('a-1', 'no-stream'));
    await foreign.write(`${prefix}.a-1`, 2);
    const { position, events } = await log.append(request('a-1', 'any'));
    expect({ position, revision: events[0]?.revision }).toEqual({ position: 2n, revision: 3n });
    await foreign.limit(`${prefix}.a-1`, 1);
    const later = await opened(address);
    expect((await all(later)).map(({ position }) => position)).toEqual([1n, 2n]);
    expect(later.findings.map(({ problem }) => problem)).toEqual([
      expect.stringContaining('not of the ledger was written to its stream a-1, at revision 1'),
      expect.stringContaining('not of the ledger was written to its stream a-1, at revision 2'),
      expect.stringContaining('The settings of the stream a-1 were changed'),
    ]);
  });

  test('takes what the memory log takes, and refuses what it refuses, by the same errors', async () => {
    const [kurrentdb, memory] = [await opened(ownPrefix(base)), new MemoryEventLog(now)];
    const code = async (log: EventLog, one: AppendRequest): Promise<string> =>
      log.append(one).then(
        ({ position }) => String(position),
        (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : String(error)),
      );
    const requests = [
      request('a', 'stream-exists'),
      request('a', 'no-stream'),
      request('a', 'any', [event()], { checks: [{ stream: 'a', expected: 0n }] }),
      request('a', 'any', [event()], { checks: [{ stream: 'a', expected: 0n }] }),
      request('b', 'any', [event()], { checks: [{ stream: 'a', expected: 5n }] }),
      request('b', 'any', [event()], { checks: [{ stream: 'c', expected: 'stream-exists' }] }),
      request('b', 'no-stream', [event()], { checks: [{ stream: 'a', expected: 'stream-exists' }] }),
      request('b', 7n),
    ];
    for (const one of requests) expect(await code(kurrentdb, one)).toBe(await code(memory, one));
  });
});
