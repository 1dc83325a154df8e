import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { derivedId, streamOf } from '@ledger/events';
import { projectionVersions, projections } from '@ledger/projections';
import { SqliteReadStore } from '@ledger/read-store';
import { ServerProcess } from '../demonstration/server-process';

const events = 30_000;
const eventsAtOnce = 500;
let folder: string;
let data: string;

/** Many activities, past every rule: what they say is of no account here, how many there are is. */
async function fill(): Promise<void> {
  const log = SqliteEventLog.open(join(data, 'log.db'), Date.now);
  for (let from = 0; from < events; from += eventsAtOnce) {
    const id = derivedId('killed-append', String(from));
    await log.append({
      writes: Array.from({ length: eventsAtOnce }, (_, at) => ({
        stream: streamOf('activity', derivedId('killed', String(from + at))),
        expected: 'no-stream' as const,
        events: [
          {
            id: derivedId('killed-event', String(from + at)),
            type: 'EventHeld',
            schemaVersion: 1,
            data: {
              offer: 'cyber-security',
              title: `Event ${from + at}`,
              occurred: { from: '2020-06-01', to: '2020-06-01', basis: 'stated' },
              attendees: 7,
            },
          },
        ],
      })),
      command: { actor: id, scope: 'test', key: id, hash: id },
      correlationId: id,
      causationId: id,
    });
  }
  await log.close();
}

/** Makes the read models those of an earlier release. */
async function makeOld(): Promise<void> {
  const models = join(data, 'read-models');
  // Written by the ledger.
  const inUse = JSON.parse(readFileSync(join(models, 'in-use.json'), 'utf8')) as Record<string, number>;
  for (const [name, number] of Object.entries(inUse)) {
    const store = SqliteReadStore.open(join(models, `${name}-${number}.db`));
    await store.setLabel(`${name} 0`);
    await store.close();
  }
}

interface Rebuilds {
  readonly running: readonly { readonly projection: string; readonly position: number }[];
  readonly failed: readonly unknown[];
}

async function get<T>(server: ServerProcess, path: string): Promise<T> {
  // Answers of the API, of the shapes they are documented with.
  return (await (await fetch(new URL(path, server.url))).json()) as T;
}

async function started(): Promise<ServerProcess> {
  const server = ServerProcess.start(data, '--empty');
  await server.saying('is ready');
  return server;
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'killed-rebuild-'));
  data = join(folder, 'data');
  await (await started()).end('SIGTERM');
  await fill();
  await (await started()).end('SIGTERM');
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** Waits until a rebuild has come to a position, or is over: one that was asked for may not have begun yet. */
async function rebuiltTo(server: ServerProcess, position: number, over = (): boolean => true): Promise<void> {
  for (;;) {
    const { running } = await get<Rebuilds>(server, '/api/rebuilds');
    if (running.some((one) => one.position >= position) || (running.length === 0 && over())) return;
  }
}

test('killed wherever it is, a rebuild for a changed version is done after the next start, with what was recorded meanwhile', async () => {
  await makeOld();
  const recorded: string[] = [];
  for (const position of [1, 20_000]) {
    const server = await started();
    await rebuiltTo(server, position);
    const title = `Recorded while killed at ${position}`;
    const answer = await fetch(new URL('/api/records', server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        records: [
          {
            type: 'EventHeld',
            data: {
              offer: 'cyber-security',
              title,
              occurred: { from: '2025-06-02', to: '2025-06-02', basis: 'stated' },
            },
          },
        ],
      }),
    });
    expect([position, answer.status]).toEqual([position, 201]);
    recorded.push(title);
    await server.end('SIGKILL');
  }
  const server = await started();
  await rebuiltTo(server, Infinity);
  const totals = await get<Readonly<Record<string, unknown>>>(server, '/api/annual-totals?year=2025/26');
  expect(totals).toMatchObject({ incomplete: false });
  expect(totals['rebuilding']).toBeUndefined();
  const { records } = await get<{ records: { title: string }[] }>(server, '/api/records?search=recorded');
  expect(records.map(({ title }) => title).sort()).toEqual(recorded.sort());
  const { findings, position } = await get<{ findings: string[]; position: string }>(server, '/api/check');
  expect([findings, Number(position) > events]).toEqual([[], true]);
  await server.end('SIGTERM');
  const models = join(data, 'read-models');
  const files = readdirSync(models).filter((name) => name.endsWith('.db'));
  expect(files.length).toBe(projections.length);
  for (const [at, projection] of [...projections].sort().entries()) {
    const store = SqliteReadStore.open(join(models, files.sort()[at] ?? ''));
    expect(await store.label()).toBe(`${projection} ${projectionVersions[projection]}`);
    await store.close();
  }
  expect(existsSync(join(data, 'server.json'))).toBe(false);
}, 180_000);

test.each(projections)(
  'killed while somebody has the %s rebuilt, the ledger answers from those in use, and the next rebuild comes to the same',
  async (projection) => {
    const body = JSON.stringify({ projection });
    const asking = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
    const killed = await started();
    let over = false;
    const asked = fetch(new URL('/api/rebuilds', killed.url), asking)
      .catch(() => undefined)
      .finally(() => (over = true));
    await rebuiltTo(killed, 10_000, () => over);
    await killed.end('SIGKILL');
    await asked;
    const server = await started();
    expect(await get(server, '/api/annual-totals?year=2020/21')).toMatchObject({ incomplete: false });
    const answer = await fetch(new URL('/api/rebuilds', server.url), asking);
    expect(await answer.json()).toMatchObject({ projection, same: true, parked: 0 });
    await server.end('SIGTERM');
  },
  120_000,
);
