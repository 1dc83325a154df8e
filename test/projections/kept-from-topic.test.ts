import type { RecordedEvent } from '@ledger/event-log';
import {
  createQueries,
  fingerprint,
  PartitionProjector,
  type PartitionProjectorParts,
} from '@ledger/projections';
import type { TopicReadStore } from '@ledger/read-store';
import type { FoldingThread } from '@ledger/threads';
import { history } from '../histories';
import { HistoryLog, recorded, rebuilt } from '../property/projected-history';
import { compiledFoldingThread } from '../running/folding-thread';
import { ReadStores } from '../running/read-stores';

/* What a projector of one partition does with what a topic may hold besides each event once, in order. */

const made = history({ seed: 21, events: 400 });
const log = new HistoryLog(made);
const events = made.events.map(recorded);
const head = BigInt(events.length);

const stores = new ReadStores();
let store: TopicReadStore;
beforeEach(async () => {
  store = await stores.openTopic();
  await store.keepFrom({ topic: 'ledger', partitions: 1, group: 'one' });
});
afterEach(() => stores.close());

/** An event of a thing that has one before it and one after it. */
const [missing] = events.filter(
  ({ stream, revision }) =>
    stream.startsWith('activity-') &&
    revision === 1n &&
    events.some((later) => later.stream === stream && later.revision === 2n),
);
if (missing === undefined) throw new RangeError('The history has no such event; take another seed');
const { stream, position } = missing;
const lacking = events.filter((event) => event !== missing);

/** Applies events in steps; the records of a made-up topic are these events and nothing else. */
async function apply(projector: PartitionProjector, all: readonly RecordedEvent[], step = 50): Promise<void> {
  let offset = await projector.begin();
  for (let at = 0; at < all.length; at += step) {
    const some = all.slice(at, at + step);
    offset += some.length;
    await projector.apply({ events: some, upTo: undefined, offset });
  }
  await projector.apply({ events: [], upTo: head, offset });
}

async function whole(): Promise<string> {
  const other = await stores.open();
  await rebuilt(made, other);
  return fingerprint(other, Number(head));
}

const incomplete = async (): Promise<unknown> =>
  createQueries({ store, log, figures: [] }).standing({ position: head });

describe.each(['this thread', 'another thread'])('folded by %s', (who) => {
  let thread: FoldingThread | undefined;
  beforeAll(() => {
    if (who === 'another thread') thread = compiledFoldingThread();
  });
  afterAll(async () => thread?.close());

  function projector(parts: Pick<PartitionProjectorParts, 'log'> = {}): PartitionProjector {
    const elsewhere = thread && { beginFolding: thread.begin };
    return new PartitionProjector({ store, partition: 0, ...parts, ...elsewhere });
  }

  test('what comes again changes nothing, be it at once, later, or from the beginning', async () => {
    const applying = projector();
    const twice = events.flatMap((event, at) => (at % 3 === 0 ? [event, event] : [event]));
    await apply(applying, [...twice.slice(0, 200), ...twice.slice(90, 200), ...twice.slice(200)]);
    await apply(applying, events);
    await apply(projector(), events, 170);
    expect(await fingerprint(store, Number(head))).toBe(await whole());
    expect(await incomplete()).toMatchObject({ incomplete: false, parked: 0 });
  });

  test('where an event is missing its stream is parked as a gap; everything else goes on, and answers say that they are incomplete', async () => {
    await apply(projector(), lacking);
    const parked = await store.parked(Number(head));
    expect(new Set(parked.map((event) => event.stream))).toEqual(new Set([stream]));
    expect(parked[0]?.reason).toMatch(/^Gap: revision 1 of its stream has not come/);
    expect(await store.standing(0)).toMatchObject({ position: Number(head) });
    expect(await incomplete()).toMatchObject({ incomplete: true, parked: parked.length });
  });

  test('where there is a log, what is missing is put in its place', async () => {
    const applying = projector({ log: log.history });
    await apply(applying, lacking, events.length);
    expect(await fingerprint(store, Number(head))).toBe(await whole());
  });

  test('what is missing before what is applied already is not put behind it, also where there is a log', async () => {
    const applying = projector({ log: log.history });
    await apply(applying, lacking, 1);
    const parked = await store.parked(Number(head));
    expect(parked[0]).toMatchObject({ stream, reason: expect.stringMatching(/^Gap/) });
  });

  test('what comes late is kept and parked: it stands before what is applied', async () => {
    const applying = projector();
    await apply(applying, lacking);
    await apply(applying, [missing, missing]);
    const parked = await store.parked(Number(position));
    expect(parked).toMatchObject([
      { position: Number(position), stream, reason: expect.stringMatching(/^Gap/) },
    ]);
    expect(await store.revisions([stream])).toEqual(
      new Map([[stream, events.flatMap((one) => (one.stream === stream ? Number(one.revision) : []))]]),
    );
  });

  test('of two projectors of one partition the second writes nothing, and goes on where the first has come', async () => {
    const first = projector();
    const second = projector();
    for (let at = 0; at < events.length; at += 40) {
      const offsets = [await first.begin(), await second.begin()];
      expect(offsets).toEqual([at, at]);
      const read = { events: events.slice(at, at + 40), upTo: undefined, offset: at + 40 };
      const [winner, loser] = at % 80 === 0 ? [first, second] : [second, first];
      await winner.apply(read);
      await expect(loser.apply(read)).rejects.toMatchObject({ code: 'CHECKPOINT_MOVED' });
    }
    expect(await fingerprint(store, Number(head))).toBe(await whole());
  });
});

test('where the thread that folds has ended, nothing is applied, and it says so', async () => {
  const thread = compiledFoldingThread();
  const projector = new PartitionProjector({ store, partition: 0, beginFolding: thread.begin });
  await projector.begin();
  const [first, second] = [events.slice(0, 10), events.slice(10, 20)];
  await projector.apply({ events: first, upTo: undefined, offset: 10 });
  await thread.close();
  const again = async (): Promise<unknown> =>
    projector.apply({ events: second, upTo: undefined, offset: 20 });
  await expect(again()).rejects.toThrow('The thread that folds has ended');
  await expect(again()).rejects.toThrow('The thread that folds has ended');
  expect(await store.standing(0)).toEqual({ position: 10, offset: 10 });
});
