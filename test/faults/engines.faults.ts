import { Engines } from './engines';
import { options } from './options';
import { ScaledOutLedger, type ProcessName } from './scaled-out-ledger';

let engines: Engines;
let ledger: ScaledOutLedger;
beforeAll(async () => (engines = await Engines.start()));
afterAll(async () => engines.stop());
beforeEach(async () => {
  ledger = await ScaledOutLedger.begin(engines, { seed: options.seed, events: 2500, perSecond: 500 });
});
afterEach(async () => ledger.remove());

/** One of the two ways on which events are given on: who goes it, what he says while it is closed, and how it is. */
type Way = readonly [
  what: string,
  who: Exclude<ProcessName, 'recorder'>,
  says: RegExp,
  close: () => unknown,
  open: () => unknown,
];

const ways: readonly Way[] = [
  [
    'the broker is stopped and started',
    'publisher',
    /Kafka/,
    async () => engines.broker.stop(),
    async () => engines.broker.start(),
  ],
  [
    'the broker is killed and started',
    'publisher',
    /Kafka/,
    async () => engines.broker.kill(),
    async () => engines.broker.start(),
  ],
  [
    'PostgreSQL is stopped and started',
    'projector',
    /cannot be reached/,
    async () => engines.server.stop(),
    async () => engines.server.start(),
  ],
  [
    'PostgreSQL ends as in a crash and is started',
    'projector',
    /cannot be reached/,
    async () => engines.server.stop('crash'),
    async () => engines.server.start(),
  ],
  [
    'the connection from the publisher to the broker is cut and mended',
    'publisher',
    /Kafka/,
    () => engines.toBroker.cut(),
    () => engines.toBroker.mend(),
  ],
  [
    'the connection from the projector to the database is cut and mended',
    'projector',
    /cannot be reached/,
    () => engines.toServer.cut(),
    () => engines.toServer.mend(),
  ],
];

test.each(ways)(
  '%s under load: the %s says so meanwhile and goes on by itself, and nothing is lost or counted twice',
  async (_what, who, says, close, open) => {
    await ledger.whenRecorded(300);
    await close();
    await ledger.whenHindered(who, says);
    await open();
    expect(await ledger.findings()).toEqual([]);
  },
);

test('connections that break again and again under load cost nothing but time', async () => {
  for (let recorded = 200; recorded <= 2200; recorded += 400) {
    await ledger.whenRecorded(recorded);
    for (const way of [engines.toBroker, engines.toServer]) {
      way.cut();
      way.mend();
    }
  }
  expect(await ledger.findings()).toEqual([]);
});
