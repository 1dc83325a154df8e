import { eventLogCompliance } from '../compliance/event-log-compliance';
import { KurrentDbEventLog } from './kurrentdb-event-log';
import { ownPrefix } from './testing/own-prefix';
import { KurrentDbServer } from './testing/start-kurrentdb-server';
import type { Release } from './testing/serve-cluster';

/** Enrols a log at an address in the suite; each test has a ledger of its own there. */
function enrol(name: string, addressOf: () => string): void {
  eventLogCompliance(name, async (now) => {
    const address = ownPrefix(addressOf());
    let log = await KurrentDbEventLog.open(address, { now });
    return {
      log,
      reopen: async () => {
        await log.close();
        log = await KurrentDbEventLog.open(address, { now });
        return log;
      },
      dispose: () => log.close(),
    };
  });
}

const given = process.env['KURRENTDB_URL'];
if (given !== undefined) enrol('the log in the KurrentDB that KURRENTDB_URL names', () => given);

describe.each<{ release: Release; multiStream: boolean; checks: boolean }>([
  { release: '26.1', multiStream: true, checks: true },
  { release: '25.1', multiStream: true, checks: false },
  { release: '23.10', multiStream: false, checks: false },
])('on the test server, as release $release', ({ release, multiStream, checks }) => {
  let server: KurrentDbServer;
  beforeAll(async () => {
    server = await KurrentDbServer.start(release);
  });
  afterAll(async () => server.dispose());

  enrol('the log in KurrentDB', () => server.address);

  test('the limits say what this release can do', async () => {
    const log = await KurrentDbEventLog.open(server.address, { now: Date.now });
    expect(log.limits).toMatchObject({ multiStream, checks, commandKeys: 'stream' });
    await log.close();
  });
});
