import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { FollowedSqliteLog } from '@ledger/event-log';
import { RunningLedger } from '../running/running-ledger';
import { expectSameAnswers } from './every-question';
import { OwnDatabase } from './own-database';
import { ProjectorProcess } from './projector-process';
import { ServiceProcess } from './service-process';

let standalone: RunningLedger;
let folder: string;
let models: OwnDatabase;
let vault: OwnDatabase;
let settings: Readonly<Record<string, string>>;
let recording: ServiceProcess;
let reporting: ServiceProcess;
let projector: ProjectorProcess;

/** The cursor of the last event in the log. */
async function head(): Promise<string> {
  const log = FollowedSqliteLog.open(join(folder, 'recording', 'log.db'));
  try {
    return (await log.head()).cursor;
  } finally {
    await log.close();
  }
}

/** Resolves when the log that is being made holds its first event. */
async function begun(): Promise<void> {
  while ((await head().catch(() => '0')) === '0') await after(20);
}

/** A question that waits until a cursor’s position is applied. */
const afterCursor = (cursor: string): string => `/api/annual-totals?year=2025/26&after=${cursor}`;

function startProjector(): ProjectorProcess {
  return ProjectorProcess.start(`sqlite:${join(folder, 'recording', 'log.db')}`, models.address);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-alone-'));
  models = await OwnDatabase.make();
  vault = await OwnDatabase.make();
  settings = {
    LEDGER_LOG: `sqlite:${join(folder, 'recording', 'log.db')}`,
    LEDGER_READ_MODELS: models.address,
    LEDGER_VAULT: vault.address,
    LEDGER_VAULT_KEY: join(folder, 'vault.key'),
  };
  recording = ServiceProcess.start('recording', { ...settings, LEDGER_DATA: join(folder, 'recording') });
  reporting = ServiceProcess.start('reporting', { ...settings, LEDGER_DATA: join(folder, 'reporting') });
  await begun();
  projector = startProjector();
  standalone = await RunningLedger.start(true);
  await recording.saying('The recording is ready');
  await reporting.saying('The reporting is ready');
}, 900_000);
afterAll(async () => {
  for (const process of [recording, reporting, projector]) await process.end('SIGKILL');
  await models.drop();
  await vault.drop();
  await standalone.stop();
  rmSync(folder, { recursive: true });
}, 120_000);

/** What a service measures by a name. */
async function measured(service: ServiceProcess, name: string): Promise<number> {
  const text = await (await fetch(new URL('/metrics', service.url))).text();
  return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
}

async function record(title: string): Promise<string> {
  const data = {
    offer: 'cyber-security',
    title,
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  };
  const answer = await fetch(new URL('/api/records', recording.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ records: [{ type: 'SupportProvided', data }] }),
  });
  expect(answer.status).toBe(201);
  return String(Reflect.get(Object(await answer.json()), 'cursor'));
}

test('reporting alone answers as the standalone ledger does, figure by figure, on the whole demonstration', async () => {
  await reporting.get(afterCursor(await head()));
  await expectSameAnswers(standalone, reporting);
}, 900_000);

test('what recording alone records is answered by reporting, after its cursor', async () => {
  const cursor = await record('Recorded alone');
  const { body } = await reporting.get(`/api/records?search=Recorded+alone&after=${cursor}`);
  expect(body).toMatchObject({ position: cursor, records: [{ title: 'Recorded alone' }] });
});

test('while no projector runs, questions after a cursor say how far answers have come, and when to ask again', async () => {
  expect(await projector.end('SIGTERM')).toBe(0);
  const cursor = await record('Not applied yet');
  const answer = await fetch(new URL(afterCursor(cursor), reporting.url));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await answer.json()).toMatchObject({
    code: 'NOT_APPLIED_YET',
    detail: expect.stringContaining(`reached position ${Number(cursor) - 1}, not ${cursor}`),
  });
  expect(await measured(recording, 'ledger_append_seconds_count')).toBe(2);
  projector = startProjector();
  await projector.saying('Following the log');
  expect((await reporting.get(afterCursor(cursor))).status).toBe(200);
});

test('services that are told to stop end by themselves, with nothing half done', async () => {
  expect(await reporting.end('SIGTERM')).toBe(0);
  expect(await recording.end('SIGTERM')).toBe(0);
});
