import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationSchedule, scheduleNumber } from '@ledger/demonstration';
import { derivedId, type EventData } from '@ledger/events';
import { SqliteEventLog } from '@ledger/event-log';
import { startStandalone } from '@ledger/standalone';

/* A release with a newer schedule makes a new demonstration ledger: nothing is slipped into an old one. */

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'schedule-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A demonstration as an earlier release left it: as far as this one looks into it, its opening. */
async function openedBy(schedule: number, data: string): Promise<void> {
  mkdirSync(data, { recursive: true });
  const log = SqliteEventLog.open(join(data, 'log.db'), () => Date.parse('2016-04-01T08:00:00Z'));
  const opened: EventData<'LedgerOpened'> = {
    ledger: derivedId('ledger', 'demonstration', String(schedule)),
    purpose: 'demonstration',
    clock: 'simulated',
    schedule,
  };
  const id = derivedId('opened', String(schedule));
  await log.append({
    writes: [
      {
        stream: 'ledger',
        expected: 'no-stream',
        events: [{ id, type: 'LedgerOpened', schemaVersion: 1, data: opened }],
      },
    ],
    command: { actor: id, scope: 'load-demonstration', key: '0'.repeat(64), hash: '0'.repeat(64) },
    correlationId: id,
    causationId: id,
  });
  await log.close();
  writeFileSync(join(data, 'kept.txt'), `schedule ${schedule}`);
}

async function openingIn(data: string): Promise<unknown> {
  const log = SqliteEventLog.open(join(data, 'log.db'), Date.now);
  const [first] = await log.readPage({ after: 0n, limit: 1 });
  await log.close();
  return first === undefined ? undefined : JSON.parse(Buffer.from(first.bytes).toString('utf8'));
}

test('the folder of an older schedule is kept under another name, and a new ledger is loaded in its place', async () => {
  const data = join(folder, 'ledger');
  await openedBy(scheduleNumber - 1, data);
  // A name that is taken is not taken again.
  mkdirSync(`${data}-schedule-${scheduleNumber - 1}`);

  const server = await startStandalone({ port: 0, folder: data, full: true });
  await server.ready;
  const answer = await fetch(new URL('/api/deliverables?year=2019/20&asAt=2019-09-30', server.url));
  expect(await answer.json()).toMatchObject({ total: 55, green: 12, amber: 43, red: 0 });
  await server.stop();

  const aside = `${data}-schedule-${scheduleNumber - 1}-1`;
  expect(readdirSync(aside)).toContain('kept.txt');
  expect(await openingIn(aside)).toMatchObject({ data: { schedule: scheduleNumber - 1 } });
  expect(await openingIn(data)).toMatchObject({ data: { schedule: scheduleNumber } });
  expect(existsSync(join(data, 'kept.txt'))).toBe(false);
}, 120_000);

async function eventsIn(data: string): Promise<bigint> {
  const log = SqliteEventLog.open(join(data, 'log.db'), Date.now);
  const { position } = await log.head();
  await log.close();
  return position;
}

test('the folder of a newer schedule is read as it is, with nothing added', async () => {
  const data = join(folder, 'newer');
  await openedBy(scheduleNumber + 1, data);
  const server = await startStandalone({ port: 0, folder: data, full: true });
  await server.ready;
  await server.stop();
  expect(readdirSync(folder)).toEqual(['newer']);
  expect(await eventsIn(data)).toBe(1n);
  expect(await openingIn(data)).toMatchObject({ data: { schedule: scheduleNumber + 1 } });
}, 120_000);

test('it begins with the number of its schedule', () => {
  expect(demonstrationSchedule(true)[0]?.events[0]?.event.data).toMatchObject({ schedule: scheduleNumber });
});
