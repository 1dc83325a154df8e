import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { event, request } from '../compliance/event-log-compliance';
import { MemoryEventLog } from '../memory/memory-event-log';
import type { RecordedEvent } from '../port';
import { SqliteEventLog } from '../sqlite/sqlite-event-log';
import { SqliteLogCopy } from '../sqlite/sqlite-log-copy';
import { copyLog } from './copy-log';

const now = (): number => Date.parse('2016-04-01T08:00:00Z');
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-copy-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function filled(appends: number): Promise<MemoryEventLog> {
  const log = new MemoryEventLog(now);
  for (let n = 0; n < appends; n++) await log.append(request(`s-${n % 5}`, 'any', [event({ n }), event()]));
  return log;
}

test('a copy has the events, and answers repeats of their commands as what was copied does', async () => {
  const source = new MemoryEventLog(now);
  const requests = Array.from({ length: 10 }, (_, n) => request(`s-${n % 3}`, 'any', [event(), event()]));
  for (const one of requests) await source.append(one);
  const file = join(folder, 'log.db');
  const target = SqliteLogCopy.open(file);
  const steps: string[] = [];
  expect(await copyLog(source, target, ({ doing, done }) => steps.push(`${doing} ${done}`))).toEqual({
    position: 20n,
    alreadyThere: 0n,
  });
  await target.close();
  expect(steps).toEqual(['copying 20', 'reading back 20']);
  const copy = SqliteEventLog.open(file, now);
  for (const one of requests)
    expect(await copy.append(one)).toEqual({ ...(await source.append(one)), replayed: true });
  expect((await copy.append(request('s-1', 5n))).position).toBe(21n);
  await copy.close();
});

test('a copy that broke off goes on where it is', async () => {
  const source = await filled(30);
  const target = SqliteLogCopy.open(join(folder, 'log.db'));
  const add = target.add.bind(target);
  const begun = await source.readPage({ after: 0n, limit: 33 });
  await add(begun);
  expect(await copyLog(source, target)).toEqual({ position: 60n, alreadyThere: 33n });
  await target.close();
});

test.each<[string, (events: readonly RecordedEvent[]) => readonly RecordedEvent[]]>([
  ['another event', ([first]) => (first === undefined ? [] : [{ ...first, bytes: otherBytes(first) }])],
  ['another stream', ([first]) => (first === undefined ? [] : [{ ...first, stream: 'else' }])],
])('a target with %s is refused, and nothing is added to it', async (_what, change) => {
  const source = await filled(3);
  const target = SqliteLogCopy.open(join(folder, 'log.db'));
  await target.add(change(await source.readPage({ after: 0n, limit: 1 })));
  await expect(copyLog(source, target)).rejects.toMatchObject({
    code: 'LOG_DIFFERS',
    message: expect.stringContaining('At position 1'),
  });
  expect((await target.head()).position).toBe(1n);
  await target.close();
});

test('a target with more than the source is refused', async () => {
  const source = await filled(2);
  const target = SqliteLogCopy.open(join(folder, 'log.db'));
  await copyLog(await filledFrom(source), target);
  await expect(copyLog(source, target)).rejects.toMatchObject({ code: 'LOG_DIFFERS' });
  await target.close();
});

test('an event that is damaged is not copied, and its position is named', async () => {
  const source = await filled(2);
  const target = SqliteLogCopy.open(join(folder, 'log.db'));
  const [first, second] = await source.readPage({ after: 0n, limit: 2 });
  if (first === undefined || second === undefined) throw new Error('two events are there');
  await expect(target.add([first, { ...second, bytes: Buffer.from('not json') }])).rejects.toMatchObject({
    code: 'LOG_CORRUPT',
    message: expect.stringContaining('position 2'),
  });
  expect((await target.head()).position).toBe(0n);
  await target.close();
});

function otherBytes({ bytes }: RecordedEvent): Uint8Array {
  return Buffer.from(Buffer.from(bytes).toString('utf8').replace('"n":0', '"n":7'));
}

/** The same log, with one event more. */
async function filledFrom(source: MemoryEventLog): Promise<Pick<MemoryEventLog, 'head' | 'readPage'>> {
  const events = await source.readPage({ after: 0n, limit: 100 });
  const more = await filled(3);
  const last = (await more.readPage({ after: 0n, limit: 5 })).at(-1);
  const longer = [...events, ...(last === undefined ? [] : [{ ...last, position: 5n, revision: 0n }])];
  return {
    head: async () => ({ position: 5n, cursor: '5' }),
    readPage: async ({ after, limit }) => longer.slice(Number(after), Number(after) + limit),
  };
}
