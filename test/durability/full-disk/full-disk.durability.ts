import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AuditFile, SqliteAccountStore } from '@ledger/access';
import { backupLedger } from '@ledger/standalone';
import { Random } from '../../histories/random';
import { ServerProcess } from '../../demonstration/server-process';
import {
  eventsOf,
  findingsIn,
  RequestMaker,
  type AnsweredEvent,
  type RecordingRequest,
} from '../kills/requests';
import { options } from '../options';
import { bodiesIn, copyOf, makeTemplate, ServedLedger, type Answer } from '../served-ledger';
import { SmallDisk } from './small-disk';

let root: string;
let template: string;
const mounted: SmallDisk[] = [];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'full-disk-'));
  template = join(root, 'template');
  await makeTemplate(template);
});
afterEach(() => {
  for (const disk of mounted.splice(0)) disk.unmount();
});
afterAll(() => rmSync(root, { recursive: true }));

function mount(name: string, megabytes: number): SmallDisk {
  const disk = SmallDisk.mount(join(root, name), megabytes);
  mounted.push(disk);
  return disk;
}

const problem = (code: string, detail: string): Answer =>
  expect.objectContaining({
    status: 503,
    body: expect.objectContaining({ code, detail: expect.stringContaining(detail), title: 'Not ready' }),
  });

/** Resolves when the read models have applied a position; asks until they have. */
async function applied(ledger: ServedLedger, position: string): Promise<void> {
  for (;;) {
    const { status } = await ledger.get(`/api/annual-totals?year=2025/26&after=${position}`);
    if (status === 200) return;
  }
}

/** Records until the disk is full; what was answered, and the one that was refused. */
async function recordUntilRefused(
  ledger: ServedLedger,
  maker: RequestMaker,
): Promise<{ sent: RecordingRequest[]; answered: AnsweredEvent[]; refused: RecordingRequest; how: Answer }> {
  const sent: RecordingRequest[] = [];
  const answered: AnsweredEvent[] = [];
  for (;;) {
    const request = maker.next();
    const answer = await ledger.post(request.path, request.body, request.key);
    sent.push(request);
    if (answer.status !== 201) return { sent, answered, refused: request, how: answer };
    answered.push(...eventsOf(answer));
    maker.acknowledged(request);
  }
}

test('a full disk is said in words over HTTP, questions are answered, nothing answered is lost, and with room the ledger goes on', async () => {
  const disk = mount('ledger-disk', 64);
  const folder = copyOf(template, join(disk.folder, 'ledger'));
  const before = bodiesIn(folder).length;
  const random = new Random(options.seed);
  const maker = new RequestMaker(random, 'full');
  const sent: RecordingRequest[] = [];
  const answered: AnsweredEvent[] = [];
  let ledger = await ServedLedger.start(folder);
  for (const leave of [0, 8, 64, 400, 4000]) {
    disk.fill(leave * 1024);
    const until = await recordUntilRefused(ledger, maker);
    sent.push(...until.sent);
    answered.push(...until.answered);
    expect([
      problem('LOG_FULL', 'nothing was recorded. Make room and send it again.'),
      problem('DISK_FULL', 'so this was not done. Make room and try again.'),
    ]).toContainEqual(until.how);
    expect((await ledger.get('/api/annual-totals?year=2025/26')).status).toBe(200);
    expect((await ledger.get('/health/live')).status).toBe(200);
    disk.makeRoom();
    const again = await ledger.post(until.refused.path, until.refused.body, until.refused.key);
    expect(again.status).toBe(201);
    answered.push(...eventsOf(again));
    maker.acknowledged(until.refused);
    await applied(ledger, String(again.body['position']));
    expect((await ledger.get('/health/ready')).body).toEqual({ state: 'ready' });
  }
  expect(await ledger.check()).toEqual([]);
  await ledger.stop();
  ledger = await ServedLedger.start(folder);
  const log = bodiesIn(folder);
  expect(findingsIn(log, sent, answered)).toEqual([]);
  expect(log.length).toBe(before + sent.reduce((sum, { events }) => sum + events, 0));
  expect(await ledger.check()).toEqual([]);
  await ledger.stop();
});

test('read models without room: every record is still taken, answers name the position they are of, and a killed server starts again so', async () => {
  const folder = copyOf(template, join(root, 'ledger'));
  rmSync(join(folder, 'read-models'), { recursive: true });
  const disk = mount(join('ledger', 'read-models'), 48);
  let ledger = await ServedLedger.start(folder);
  const maker = new RequestMaker(new Random(options.seed + 1), 'behind');
  const sent: RecordingRequest[] = [];
  const answered: AnsweredEvent[] = [];
  const record = async (): Promise<void> => {
    const request = maker.next();
    const answer = await ledger.post(request.path, request.body, request.key);
    expect([request.path, answer.status]).toEqual([request.path, 201]);
    sent.push(request);
    answered.push(...eventsOf(answer));
    maker.acknowledged(request);
  };
  await record();
  await applied(ledger, answered.at(-1)?.position ?? '');
  disk.fill(0);
  for (let count = 0; count < 10; count++) await record();
  const behind = await ledger.get(`/api/annual-totals?year=2025/26&after=${answered.at(-1)?.position}`);
  expect(behind).toEqual(problem('NOT_APPLIED_YET', 'Ask again soon.'));
  const asked = await ledger.get('/api/annual-totals?year=2025/26');
  expect([asked.status, Number(asked.body['position']) < Number(answered.at(-1)?.position)]).toEqual([
    200,
    true,
  ]);
  expect((await ledger.get('/health/ready')).body).toEqual({
    state: 'ready',
    hindrance: expect.stringContaining(`Answers stay at position ${String(asked.body['position'])}`),
  });

  await ledger.kill();
  ledger = await ServedLedger.start(folder);
  for (let count = 0; count < 5; count++) await record();
  disk.makeRoom();
  await applied(ledger, answered.at(-1)?.position ?? '');
  expect((await ledger.get('/health/ready')).body).toEqual({ state: 'ready' });
  expect(findingsIn(bodiesIn(folder), sent, answered)).toEqual([]);
  expect(await ledger.check()).toEqual([]);
  await ledger.stop();
});

test('a ledger that has no room to open says so in one line, and opens when there is room', async () => {
  const disk = mount('closed', 64);
  const folder = copyOf(template, join(disk.folder, 'ledger'));
  disk.fill(0);
  const server = ServerProcess.start(folder);
  await server.saying('The ledger cannot start').catch(() => undefined);
  expect(server.printed).toContain('The ledger cannot start: The disk of the ledger is full or failing');
  await server.end('SIGKILL');
  disk.makeRoom();
  const ledger = await ServedLedger.start(folder);
  expect(await ledger.check()).toEqual([]);
  await ledger.stop();
});

test('a backup for which there is no room is refused and leaves nothing', async () => {
  const disk = mount('backups', 1);
  await expect(backupLedger(template, join(disk.folder, 'backup'))).rejects.toMatchObject({
    code: 'DISK_FULL',
  });
  expect(readdirSync(disk.folder)).toEqual([]);
});

test('on a full disk a session lasts, and what cannot be audited is not done', async () => {
  const disk = mount('access', 1);
  let now = Date.parse('2020-01-01T09:00:00Z');
  const accounts = SqliteAccountStore.open(join(disk.folder, 'access.db'), () => now);
  const person = '01a20c75-4a3c-7532-b916-7352039aa364';
  await accounts.put({
    person,
    password: null,
    oidcSubject: null,
    grants: [],
    active: true,
    mustChange: false,
  });
  const token = await accounts.beginSession(person);
  const audit = new AuditFile(join(disk.folder, 'audit.jsonl'), () => now);
  audit.add({ actor: person, what: 'signed-in' });
  disk.fill(0);
  now += 120_000;
  expect(await accounts.session(token)).toMatchObject({ person });
  const full = expect.objectContaining({ code: 'DISK_FULL', message: expect.stringContaining('Make room') });
  await expect(accounts.beginSession(person)).rejects.toThrow(full);
  const addMany = (): void => {
    for (let count = 0; count < 1000; count++)
      audit.add({ actor: person, what: 'person-read', about: [person] });
  };
  expect(addMany).toThrow(full);
  disk.makeRoom();
  audit.add({ actor: person, what: 'signed-out' });
  const entries = await audit.newest(2000);
  expect([entries[0]?.what, entries.at(-1)?.what]).toEqual(['signed-out', 'signed-in']);
  await accounts.close();
});
