import { setTimeout as after } from 'node:timers/promises';
import { KafkaBroker } from '@ledger/fan-out';
import { compareFigures } from '../postgres/every-figure';
import { ProjectorProcess } from '../postgres/projector-process';
import { TopicLedger } from './topic-ledger';

const partitions = 5;

let ledger: TopicLedger;
/** Those that run. */
let projectors: ProjectorProcess[] = [];

async function startProjector(): Promise<ProjectorProcess> {
  const projector = ledger.projector();
  projectors.push(projector);
  await projector.saying('Following the topic');
  return projector;
}

async function endProjector(
  projector: ProjectorProcess,
  signal: 'SIGTERM' | 'SIGKILL',
): Promise<number | null> {
  projectors = projectors.filter((one) => one !== projector);
  return projector.end(signal);
}

/** The partitions of each projector, as they say themselves. */
async function shares(): Promise<readonly (readonly number[])[]> {
  const standings = await Promise.all(projectors.map(async (one) => one.standing()));
  return standings.map(({ partitions: own }) => (Array.isArray(own) ? own.map(Number) : []));
}

/** Resolves when every partition is one projector's, and every projector has one. */
async function sharedOut(): Promise<void> {
  for (;;) {
    const found = await shares();
    const all = found.flat();
    if (all.length === partitions && new Set(all).size === partitions && found.every((own) => own.length > 0))
      return;
    await after(50);
  }
}

/** The year that is recorded into, in PostgreSQL and on the one machine. */
async function compareYear(): Promise<void> {
  const question = { year: 202526, at: { position: await ledger.caughtUp() } };
  const { theirs, own } = ledger.queries;
  expect(await theirs.annualTotals(question)).toEqual(await own.annualTotals(question));
}

beforeAll(async () => {
  ledger = await TopicLedger.start();
  ledger.publisher(partitions);
  await startProjector();
}, 900_000);
afterAll(async () => ledger.stop(), 120_000);

test('answers by way of a topic are those of the standalone ledger, figure by figure, on the whole demonstration, now and as recorded earlier', async () => {
  const position = await ledger.caughtUp();
  const { theirs, own } = ledger.queries;
  expect(await compareFigures(theirs, own, { position })).toBeGreaterThan(100);
  expect(await compareFigures(theirs, own, { position: (position * 2n) / 3n })).toBeGreaterThan(50);
  expect(await ledger.findings()).toEqual([]);
}, 900_000);

test('what is recorded while the only projector is killed is applied after it is started again, once', async () => {
  await ledger.record();
  await compareYear();
  const [only] = projectors;
  if (only !== undefined) await endProjector(only, 'SIGKILL');
  await ledger.record();
  const projector = await startProjector();
  await ledger.record();
  await compareYear();
  expect(await projector.standing()).toMatchObject({ state: 'following' });
  await projector.measuring('ledger_projection_lag_events 0');
}, 300_000);

test('three share the partitions, and one has them all again when the others are gone, told to stop or killed', async () => {
  await startProjector();
  await startProjector();
  await sharedOut();
  for (let at = 0; at < 20; at++) await ledger.record();
  await compareYear();
  const [one, other] = projectors;
  if (one === undefined || other === undefined) throw new Error('There are no projectors');
  expect(await endProjector(one, 'SIGTERM')).toBe(0);
  await ledger.record();
  await endProjector(other, 'SIGKILL');
  await ledger.record();
  await sharedOut();
  await compareYear();
}, 300_000);

test('every record of the topic written once more changes nothing', async () => {
  const broker = await KafkaBroker.open({ brokers: [process.env['KAFKA_BROKERS'] ?? ''], client: 'test' });
  const ends = await broker.ends(ledger.topic);
  const writer = await broker.writer(ledger.topic);
  const written: Promise<void>[] = [];
  for (const { partition, first, end } of ends)
    await broker.read(ledger.topic, [{ partition, from: first, to: end }], (records) => {
      written.push(writer.write(records));
    });
  await Promise.all(written);
  await writer.close();
  await ledger.record();
  await compareYear();
  expect(await ledger.findings()).toEqual([]);
}, 300_000);

test('projectors that are killed again and again under load lose nothing and count nothing twice', async () => {
  const over = new AbortController();
  const load = (async () => {
    while (!over.signal.aborted) await ledger.record();
  })();
  try {
    await startProjector();
    for (let round = 0; round < 4; round++) {
      const [oldest] = projectors;
      if (oldest !== undefined) await endProjector(oldest, 'SIGKILL');
      await startProjector();
    }
  } finally {
    over.abort();
  }
  await load;
  await compareYear();
  expect(await ledger.findings()).toEqual([]);
}, 600_000);

test('built anew from the beginning of the topic, beside those that answer, the read models are the same; all go on with them', async () => {
  const rebuilding = ledger.projector(['--rebuild']);
  projectors.push(rebuilding);
  await ledger.record();
  await rebuilding.saying('Following the topic');
  expect(await ledger.shelf.inUse('together')).toBe(2);
  await sharedOut();
  await ledger.record();
  await compareYear();
  const { theirs, own } = ledger.queries;
  const position = await ledger.caughtUp();
  expect(await compareFigures(theirs, own, { position })).toBeGreaterThan(100);
  expect(await ledger.findings()).toEqual([]);
}, 900_000);

test('a projector from the log keeps its hands off read models that are kept from a topic', async () => {
  const direct = ProjectorProcess.start(ledger.logFile, ledger.database.address);
  await new Promise((resolve) => direct.child.once('close', resolve));
  expect(direct.printed).toMatch(
    /The projector ends: The read models of LEDGER_READ_MODELS are kept from a topic/,
  );
});
