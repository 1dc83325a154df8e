import { KurrentDbEventLog, type EventLog } from '@ledger/event-log';
import { ClosingLedger, closingClock } from '../periods/closing-ledger';
import { TestServer } from './test-server';

const year = 201920;
const duringTheYear = '2019-06-03';

let server: TestServer;
let log: EventLog;
let ledger: ClosingLedger;

async function start(release: '23.10' | '25.1' | '26.1'): Promise<void> {
  server = await TestServer.start(release);
  log = await KurrentDbEventLog.open(server.address('ledger'), { now: closingClock });
  ledger = await ClosingLedger.start(2, log);
}
afterEach(async () => {
  await ledger.stop();
  await log.close();
  await server.stop();
});

/** Has a year closed after the next append is decided, and before it is sent. */
function closeBeforeTheNextAppend(): void {
  const append = log.append.bind(log);
  log.append = async (request) => {
    log.append = append;
    await ledger.closeFinally(year);
    return append(request);
  };
}

test('a record cannot slip in behind a closing where the server checks the period: it is decided anew, and refused', async () => {
  await start('26.1');
  closeBeforeTheNextAppend();
  await expect(ledger.held('p0', duringTheYear)).rejects.toThrow('it lies wholly in closed time');
});

test('where it cannot, what slipped in is recorded, in no final figure, and listed as recorded across the close', async () => {
  await start('25.1');
  closeBeforeTheNextAppend();
  const { outcome } = await ledger.held('p0', duringTheYear);
  const { follower, queries } = ledger.recorded;
  const { position } = await log.head();
  await follower.whenApplied(position);
  const { changes, closedAt } = await queries.changesAfterClose({ year });
  expect(changes).toMatchObject([{ from: outcome.position, cause: 'records', acrossTheClose: true }]);
  expect(Number(closedAt)).toBeLessThan(Number(outcome.position));
});

test('a server that writes one stream at once takes records, and what writes several is refused by name, with nothing recorded', async () => {
  await start('23.10');
  const one = await ledger.held('p0', duringTheYear);
  const other = await ledger.held('p0', duringTheYear);
  const before = await log.head();
  const merge = { merged: one.id, survivor: other.id, reason: 'duplicate' };
  await expect(ledger.recording.merge(ledger.command(merge))).rejects.toMatchObject({
    code: 'INVALID_APPEND',
    message: expect.stringContaining('limit multiStream'),
  });
  expect(await log.head()).toEqual(before);
});

test('more than one append may hold is refused, and it says how many that is', async () => {
  await start('26.1');
  const records = Array.from({ length: 241 }, (_, n) => ({
    type: 'EventHeld',
    comment: 'As it was',
    data: {
      offer: 'p0',
      title: `Workshop ${n}`,
      occurred: { from: duringTheYear, to: duringTheYear, basis: 'stated' },
      attendees: 10,
    },
  }));
  await expect(ledger.recording.record(ledger.command({ records }))).rejects.toMatchObject({
    code: 'APPEND_TOO_LARGE',
    message: expect.stringContaining('at most 240 events'),
  });
});
