import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { FollowedSqliteLog } from '@ledger/event-log';
import { PublisherProcess } from '../kafka/publisher-process';
import { expectSameAnswers } from '../postgres/every-question';
import { OwnDatabase } from '../postgres/own-database';
import { ProjectorProcess } from '../postgres/projector-process';
import { ServiceProcess } from '../postgres/service-process';
import { RunningLedger } from '../running/running-ledger';

const brokers = process.env['KAFKA_BROKERS'] ?? '';
const topic = `ledger-${randomUUID()}`;

let standalone: RunningLedger;
let folder: string;
let models: OwnDatabase;
let vault: OwnDatabase;
let recording: ServiceProcess;
let reporting: ServiceProcess;
let publisher: PublisherProcess;
const projectors: ProjectorProcess[] = [];

function logFile(): string {
  return join(folder, 'recording', 'log.db');
}

/** The cursor of the last event in the log. */
async function head(): Promise<string> {
  const log = FollowedSqliteLog.open(logFile());
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

const afterCursor = (cursor: string): string => `/api/annual-totals?year=2025/26&after=${cursor}`;

/** Asks after a cursor, as often as it is answered to ask again. */
async function answeredAfter(cursor: string): Promise<void> {
  while ((await reporting.get(afterCursor(cursor))).status === 503) await after(20);
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ledger-by-topic-'));
  models = await OwnDatabase.make();
  vault = await OwnDatabase.make();
  const settings = {
    LEDGER_LOG: `sqlite:${logFile()}`,
    LEDGER_READ_MODELS: models.address,
    LEDGER_VAULT: vault.address,
    LEDGER_VAULT_KEY: join(folder, 'vault.key'),
  };
  recording = ServiceProcess.start('recording', { ...settings, LEDGER_DATA: join(folder, 'recording') });
  reporting = ServiceProcess.start('reporting', { ...settings, LEDGER_DATA: join(folder, 'reporting') });
  await begun();
  publisher = PublisherProcess.start(logFile(), brokers, topic, 4);
  const readModels = models.address;
  for (let many = 0; many < 3; many++)
    projectors.push(ProjectorProcess.fromTopic({ brokers, topic, readModels }));
  standalone = await RunningLedger.start(true);
  await recording.saying('The recording is ready');
  await reporting.saying('The reporting is ready');
}, 900_000);
afterAll(async () => {
  for (const process of [recording, reporting, publisher, ...projectors]) await process.end('SIGKILL');
  await models.drop();
  await vault.drop();
  await standalone.stop();
  rmSync(folder, { recursive: true });
}, 120_000);

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

test('log, publisher, topic, three projectors, PostgreSQL, reporting: every figure of the whole demonstration is that of the standalone ledger', async () => {
  await answeredAfter(await head());
  await expectSameAnswers(standalone, reporting);
}, 900_000);

test('what is recorded is answered by reporting after its cursor, by way of the topic', async () => {
  const cursor = await record('By way of the topic');
  const { body } = await reporting.get(`/api/records?search=By+way+of+the+topic&after=${cursor}`);
  expect(body).toMatchObject({ position: cursor, records: [{ title: 'By way of the topic' }] });
});

test('while nobody publishes, questions after a cursor say how far answers have come, and when to ask again', async () => {
  await publisher.end('SIGTERM');
  const cursor = await record('Not published yet');
  const answer = await fetch(new URL(afterCursor(cursor), reporting.url));
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1']);
  expect(await answer.json()).toMatchObject({
    code: 'NOT_APPLIED_YET',
    detail: expect.stringContaining(`reached position ${Number(cursor) - 1}, not ${cursor}`),
  });
  publisher = PublisherProcess.start(logFile(), brokers, topic, 4);
  await answeredAfter(cursor);
});

test('projectors that are told to stop end by themselves', async () => {
  for (const projector of projectors) expect(await projector.end('SIGTERM')).toBe(0);
});
