import { MemoryEventLog, type EventLog } from '@ledger/event-log';
import { derivedId } from '@ledger/events';
import { partitionOf, readLedgerRecord, type LedgerRecord } from '@ledger/fan-out';
import fc from 'fast-check';
import { FaultyBroker, type WriteFate } from './faulty-broker.testing';
import { openedLog, recordSome } from './log.testing';
import { Publisher, type PublisherParts } from './publisher';

const partitions = 4;
const topic = 'ledger';

/** Waits for nothing but the end: what is tested here is not what happens while nothing is recorded. */
async function waitForTheEnd(_milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
}

function publisherOf(log: EventLog, broker: FaultyBroker, more: Partial<PublisherParts> = {}): Publisher {
  return new Publisher({ log, broker, setUp: { topic, partitions }, wait: waitForTheEnd, ...more });
}

/** Publishes what is in the log now, and stops. */
async function publish(
  log: EventLog,
  broker: FaultyBroker,
  more: Partial<PublisherParts> = {},
): Promise<void> {
  const publisher = publisherOf(log, broker, more);
  const running = publisher.run();
  await Promise.race([publisher.caughtUp(), running]);
  publisher.stop();
  await running;
}

const eventsOf = (records: readonly LedgerRecord[] = []): NonNullable<LedgerRecord['event']>[] =>
  records.flatMap(({ event }) => event ?? []);

describe('a publisher', () => {
  it('puts every event into the topic once, in the partition of its stream, in the order of the log', async () => {
    const log = await openedLog('one');
    await recordSome(log, 2500, 40);
    const broker = new FaultyBroker();
    await publish(log, broker);
    const found = await broker.recordsOf(topic);
    for (const [partition, records] of found.entries()) {
      const events = eventsOf(records);
      const positions = events.map(({ position }) => position);
      expect(positions).toEqual([...positions].sort((one, other) => Number(one - other)));
      expect(events.filter(({ stream }) => partitionOf(stream, partitions) !== partition)).toEqual([]);
    }
    const recorded = await log.readPage({ after: 0n, limit: 5000 });
    const all = found.flatMap(eventsOf).sort((one, other) => Number(one.position - other.position));
    expect(all).toEqual(
      recorded.map(({ position, revision, stream, bytes }) => ({
        position,
        revision,
        stream,
        bytes,
        cursor: String(position),
      })),
    );
  });

  it('gives the last word of each partition to how far the topic has come', async () => {
    const log = await openedLog('one');
    await recordSome(log, 30);
    const broker = new FaultyBroker();
    await publish(log, broker);
    for (const records of await broker.recordsOf(topic))
      expect(records.at(-1)?.watermark).toMatchObject({ position: 31n, cursor: '31' });
  });

  it('goes on after a stop where the topic says that it is, and repeats nothing', async () => {
    const log = await openedLog('one');
    const broker = new FaultyBroker();
    for (let round = 0; round < 3; round++) {
      await recordSome(log, 20);
      await publish(log, broker);
    }
    const positions = (await broker.recordsOf(topic)).flatMap(eventsOf).map(({ position }) => position);
    expect(positions).toHaveLength(61);
    expect(new Set(positions).size).toBe(61);
  });

  it('publishes what is recorded while it follows', async () => {
    const log = await openedLog('one');
    const broker = new FaultyBroker();
    const publisher = publisherOf(log, broker);
    const running = publisher.run();
    await publisher.caughtUp();
    await recordSome(log, 10);
    while ((await publisher.standing()).position !== '11') await new Promise(setImmediate);
    publisher.stop();
    await running;
    expect((await broker.recordsOf(topic)).flatMap(eventsOf)).toHaveLength(11);
  });

  it('fills a topic of another number of partitions beside the one that is there', async () => {
    const log = await openedLog('one');
    await recordSome(log, 50);
    const broker = new FaultyBroker();
    await publish(log, broker);
    await publish(log, broker, { setUp: { topic: 'ledger-2', partitions: 7 } });
    const [before, after] = [await broker.recordsOf(topic), await broker.recordsOf('ledger-2')];
    expect([before.length, after.length]).toEqual([4, 7]);
    const inOrder = (records: typeof before): unknown =>
      records.flatMap(eventsOf).sort((one, other) => Number(one.position - other.position));
    expect(inOrder(after)).toEqual(inOrder(before));
  });

  it('never adds partitions to a topic', async () => {
    const log = await openedLog('one');
    const broker = new FaultyBroker();
    await publish(log, broker);
    await expect(publish(log, broker, { setUp: { topic, partitions: 5 } })).rejects.toMatchObject({
      code: 'TOPIC_DIFFERS',
    });
  });

  it.each<[string, (log: EventLog) => Promise<EventLog>]>([
    [
      'another ledger',
      async () => openedLog('another').then(async (log) => recordSome(log, 60).then(() => log)),
    ],
    ['a log that was put back to an earlier state', async () => openedLog('one')],
  ])('does not fill a topic on from %s', async (_which, other) => {
    const log = await openedLog('one');
    // In streams of their own, so that the other ledger's events are others.
    await recordSome(log, 20, 3);
    const broker = new FaultyBroker();
    await publish(log, broker);
    const before = broker.written.length;
    await expect(publish(await other(log), broker)).rejects.toMatchObject({ code: 'TOPIC_OF_OTHER_LOG' });
    expect(broker.written).toHaveLength(before);
  });

  it('does not publish a log that is no ledger', async () => {
    const log = new MemoryEventLog(() => 0);
    await recordSome(log, 1);
    await expect(publish(log, new FaultyBroker())).rejects.toMatchObject({ code: 'NO_LEDGER' });
  });

  it('waits for a ledger in which nothing is recorded yet', async () => {
    const log = new MemoryEventLog(() => 0);
    const broker = new FaultyBroker();
    await publish(log, broker);
    expect(broker.written).toEqual([]);
  });

  it('says how far the topic has come every 250 ms while nothing is recorded, and after ten seconds once a minute', async () => {
    const log = await openedLog('one');
    const broker = new FaultyBroker();
    const waited: number[] = [];
    const publisher = publisherOf(log, broker, {
      wait: async (milliseconds, signal) => {
        waited.push(milliseconds);
        if (waited.length > 42) await waitForTheEnd(milliseconds, signal);
      },
    });
    const running = publisher.run();
    while (waited.length <= 42) await new Promise(setImmediate);
    publisher.stop();
    await running;
    // The first pause ends early: the log says that it has given everything.
    expect(waited).toEqual([...Array.from({ length: 41 }, () => 250), 60_000, 60_000]);
    // Once when the topic was filled, then after each pause but the first and the last.
    for (const records of await broker.recordsOf(topic))
      expect(records.filter(({ watermark }) => watermark?.position === 1n)).toHaveLength(42);
  });
});

/** Checks, record by record in the order of writing, that no watermark says more than was there. */
function expectWatermarksToBeTrue(broker: FaultyBroker): void {
  const there = new Set<bigint>();
  for (const record of broker.written) {
    const { event, watermark } = readLedgerRecord({ ...record, offset: 0n });
    if (event !== undefined) there.add(event.position);
    else
      for (let position = 1n; position <= watermark.position; position++)
        if (!there.has(position))
          throw new Error(`A watermark says ${watermark.position}, and ${position} is not there`);
  }
}

/** Checks that what comes twice in a partition is a repeat of what came before: nothing new comes late. */
function expectOnlyRepeats(records: readonly LedgerRecord[]): void {
  let last = 0n;
  const came = new Set<bigint>();
  for (const { position } of eventsOf(records)) {
    if (!came.has(position) && position < last)
      throw new Error(`Position ${position} comes for the first time after ${last}`);
    came.add(position);
    if (position > last) last = position;
  }
}

const fate = fc.constantFrom<WriteFate>('written', 'written', 'refused', 'in part', 'unacknowledged');

test('whatever fails, nothing is lost, what comes twice is a repeat, and the topic never says more of itself than is true', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ events: fc.nat(30), fates: fc.array(fate, { maxLength: 6 }) }), {
        minLength: 1,
        maxLength: 6,
      }),
      async (rounds) => {
        const log = await openedLog(derivedId('ledger', 'property'));
        const broker = new FaultyBroker();
        for (const { events, fates } of rounds) {
          await recordSome(log, events);
          broker.fates = [...fates];
          // Nothing is waited for: the broker is asked again at once. A round ends as if the process were killed after it.
          await publish(log, broker, {
            wait: async (milliseconds, signal) => {
              if (milliseconds !== 1000) await waitForTheEnd(milliseconds, signal);
            },
          });
        }
        expectWatermarksToBeTrue(broker);
        const found = await broker.recordsOf(topic);
        for (const records of found) expectOnlyRepeats(records);
        const { position } = await log.head();
        expect(new Set(found.flatMap(eventsOf).map((event) => event.position)).size).toBe(Number(position));
      },
    ),
    { numRuns: 200 },
  );
});
