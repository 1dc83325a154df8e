import { SqliteEventLog } from '@ledger/event-log';
import { KafkaBroker, type LedgerRecord } from '@ledger/fan-out';
import { createQueries, historyFromLog, Projector } from '@ledger/projections';
import { PostgresReadStore } from '@ledger/read-store';
import { Random } from '../histories/random';
import { recordsOf } from '../kafka/published-topic';
import { PublisherProcess } from '../kafka/publisher-process';
import { Engines } from './engines';
import { compareWithRecount } from './global-check';
import { poisonStream } from './loaded-appends';
import { options } from './options';
import { ScaledOutLedger } from './scaled-out-ledger';

let engines: Engines;
beforeAll(async () => (engines = await Engines.start()));
afterAll(async () => engines.stop());

const { seed } = options;
const load = { seed, events: 1500, perSecond: 1000 };

test('an event that nobody can read is parked with its stream: everything else is published, applied and counted', async () => {
  const ledger = await ScaledOutLedger.begin(engines, { ...load, poison: true });
  try {
    const findings = await ledger.findings();
    // Said of the log, and of the read models.
    expect(findings).toHaveLength(2);
    expect(findings.filter((finding) => finding.includes('NeverDeclared'))).toHaveLength(2);
    expect(findings.filter((finding) => finding.includes(`${poisonStream} is parked`))).toHaveLength(1);
  } finally {
    await ledger.remove();
  }
});

/** One partition as it may be delivered: now and then from an earlier place once more, in parts of any size. */
function deliveriesOf(records: readonly LedgerRecord[], random: Random): LedgerRecord[][] {
  const parts: LedgerRecord[][] = [];
  for (let next = 0; next < records.length;) {
    const from = random.percent(30) ? random.between(0, next) : next;
    const to = Math.min(records.length, next + random.between(1, 200));
    parts.push(records.slice(from, to));
    next = to;
  }
  return parts;
}

async function delivered(projector: Projector, records: readonly LedgerRecord[]): Promise<void> {
  const events = records.flatMap(({ event }) => event ?? []);
  const watermarks = records.flatMap(({ watermark }) => watermark?.position ?? []);
  await projector.apply(events, watermarks.at(-1));
}

test('what a topic gives twice, late and in any order of its partitions is counted once', async () => {
  const ledger = await ScaledOutLedger.begin(engines, load);
  const { address } = engines.broker;
  const second = PublisherProcess.start(ledger.logFile, address, ledger.topic);
  const broker = await KafkaBroker.open({ brokers: [address], client: 'test' });
  const store = await PostgresReadStore.open(ledger.database.address, 'delivered');
  try {
    await second.saying('Publishing what is recorded');
    expect(await ledger.findings()).toEqual([]);
    const log = SqliteEventLog.open(ledger.logFile, Date.now);
    const partitions = await recordsOf(broker, ledger.topic);
    const random = new Random(seed);
    const waiting = partitions.map((records, partition) => ({
      projector: new Projector(store, historyFromLog(log), partition),
      parts: deliveriesOf(records, random),
    }));
    // The last partition comes when all others are there.
    const [late, ...others] = waiting.reverse();
    while (others.some(({ parts }) => parts.length > 0)) {
      const { projector, parts } = random.pick(others.filter((one) => one.parts.length > 0));
      await delivered(projector, parts.shift() ?? []);
    }
    for (const part of late?.parts ?? []) if (late !== undefined) await delivered(late.projector, part);
    await compareWithRecount(log, createQueries({ store, log, figures: [] }));
    expect([...(await store.checkpoints()).values()]).toEqual(partitions.map(() => load.events));
    await log.close();
  } finally {
    await store.close();
    await broker.close();
    await second.end('SIGKILL');
    await ledger.remove();
  }
});
