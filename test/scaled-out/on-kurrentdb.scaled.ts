import { setTimeout as after } from 'node:timers/promises';
import { TestServer } from '../kurrentdb/test-server';
import { expectSameAnswers } from '../postgres/every-question';
import { RunningLedger } from '../running/running-ledger';
import { LedgerAlone, type Answered } from './ledger-alone';

let server: TestServer;
let ledger: LedgerAlone;
let standalone: RunningLedger;

beforeAll(async () => {
  server = await TestServer.start();
  ledger = await LedgerAlone.start(server.address('services'));
  standalone = await RunningLedger.start(true);
}, 900_000);
afterAll(async () => {
  await ledger.stop();
  await standalone.stop();
  await server.stop();
}, 120_000);

const cursorOf = ({ body }: Answered): string => String(body['cursor']);

/** The records of a title, as reporting answers once it has applied a command. */
async function found(title: string, cursor: string): Promise<unknown> {
  const { body } = await ledger.reporting.get(
    `/api/records?search=${encodeURIComponent(title)}&after=${encodeURIComponent(cursor)}`,
  );
  return body;
}

test('over KurrentDB the services answer as the standalone ledger does on its file, figure by figure, at the same positions', async () => {
  // The demonstration is applied as far as it was recorded before the services said that they are ready.
  const { body } = await standalone.get('/api/years');
  for (;;) {
    const { status, body: there } = await ledger.reporting.get('/api/years');
    if (status === 200 && there['position'] === body['position']) break;
    await after(100);
  }
  await expectSameAnswers(standalone, ledger.reporting);
}, 900_000);

test('what is recorded there is answered after its cursor; sent again it is a replay, and another under its key is refused', async () => {
  const recorded = await ledger.record('Recorded in KurrentDB', 'one-key');
  expect(recorded.status).toBe(201);
  expect(await found('Recorded in KurrentDB', cursorOf(recorded))).toMatchObject({
    records: [{ title: 'Recorded in KurrentDB' }],
  });
  const again = await ledger.record('Recorded in KurrentDB', 'one-key');
  expect(again.body).toMatchObject({ replayed: true, position: recorded.body['position'] });
  const other = await ledger.record('Something else', 'one-key');
  expect([other.status, other.body['code']]).toEqual([409, 'COMMAND_KEY_REUSED']);
});

test('of two changes that were decided on one revision, one is recorded, and the other is told', async () => {
  const recorded = await ledger.record('To be withdrawn once');
  const [first] = recorded.body['records'] as readonly { readonly id: string }[];
  const withdraw = async (): Promise<Answered> =>
    ledger.post(`/api/records/activity/${first?.id}/withdrawals`, { reason: 'duplicate' });
  const [one, other] = (await Promise.all([withdraw(), withdraw()])).sort((a, b) => a.status - b.status);
  expect([one?.status, other?.status]).toEqual([201, 422]);
  expect(JSON.stringify(other?.body)).toContain('withdrawn');
});

test('while KurrentDB is away recording waits, and what it recorded is there once it is back, for those who follow too', async () => {
  await server.kill();
  const recording = ledger.record('Recorded over a restart', 'over-a-restart');
  await server.start();
  const recorded = await recording;
  expect(recorded.status).toBe(201);
  expect(await found('Recorded over a restart', cursorOf(recorded))).toMatchObject({
    records: [{ title: 'Recorded over a restart' }],
  });
});

test('services that are started again go on where they were', async () => {
  const before = await ledger.record('Before a new start');
  expect(await found('Before a new start', cursorOf(before))).toMatchObject({ records: [{}] });
  await ledger.startAgain();
  const { position } = before.body;
  expect((await ledger.reporting.get('/api/years')).body).toMatchObject({ position });
  const next = await ledger.record('After a new start');
  expect(Number(next.body['position'])).toBe(Number(position) + 1);
  expect(await found('After a new start', cursorOf(next))).toMatchObject({ records: [{}] });
});
