import { join } from 'node:path';
import { derivedId, readEvent } from '@ledger/events';
import { MemoryEventLog, SqliteEventLog, type PageRequest } from '@ledger/event-log';
import {
  EventFold,
  fingerprint,
  historyFromLog,
  postedLines,
  projections,
  Projector,
  rebuild,
  rebuildHere,
  type FoldHelper,
  type FoldTarget,
  type OrderedDraft,
  type Projection,
  type ReadEvent,
} from '@ledger/projections';
import { SqliteReadStore, type ReadStore } from '@ledger/read-store';
import { rebuildInThreads } from '@ledger/threads';
import { history } from '../histories';
import { appendHistory } from '../running/log-of-history';
import { ReadStores } from '../running/read-stores';

const events = 600;
const made = history({ seed: 31, events });
let log: MemoryEventLog;
const stores = new ReadStores();

beforeAll(async () => {
  log = new MemoryEventLog(() => Date.parse('2021-01-04T09:00:00Z'));
  await appendHistory(log, made.events);
});
afterEach(() => stores.close());

/** A store that followed the events as they came, a few at a time. */
async function live(of: readonly Projection[] = projections): Promise<ReadStore> {
  const store = await stores.open();
  const projector = new Projector(store, historyFromLog(log), 0, of);
  for (let after = 0; after < events; after += 7)
    await projector.apply(await log.readPage({ after: BigInt(after), limit: 7 }));
  return store;
}

async function rebuildTo(store: ReadStore, upTo: number, step: number, of = projections): Promise<void> {
  await rebuildHere(log, { step })({ drafts: [{ draft: { store, file: null }, of }], upTo });
}

test('a store rebuilt in bulk holds the very postings of one that followed the events as they came', async () => {
  const followed = await fingerprint(await live(), events);
  for (const [store, step] of [
    [await stores.open(), 1000],
    [await stores.open(), 37],
    [await stores.open('sqlite'), 150],
  ] as const) {
    await rebuildTo(store, events, step);
    expect(await fingerprint(store, events)).toBe(followed);
  }
});

test('each projection alone holds its own part', async () => {
  for (const projection of projections) {
    const store = await stores.open('sqlite');
    await rebuildTo(store, events, 200, [projection] as never);
    expect(await fingerprint(store, events)).toBe(await fingerprint(await live([projection]), events));
  }
});

test('what a store held earlier is what a store rebuilt up to there holds', async () => {
  const whole = await stores.open();
  await rebuildTo(whole, events, 100);
  for (const position of [1, 90, 333, 512]) {
    const earlier = await stores.open();
    await rebuildTo(earlier, position, 100);
    expect(await fingerprint(whole, position)).toBe(await fingerprint(earlier, position));
  }
});

test('ended at any point, a rebuild goes on from its last checkpoint and comes to the same', async () => {
  const undisturbed = await stores.open('sqlite');
  await rebuildTo(undisturbed, events, 50);
  for (const [at, step] of [
    [120, 50],
    [310, 70],
    [480, 30],
  ] as const) {
    const store = await stores.kept('ended');
    const reading = {
      readStream: log.readStream.bind(log),
      // The process ends in the middle of a transaction: what it wrote in it is gone.
      readPage: async (page: PageRequest) => {
        if (Number(page.after) + page.limit > at) throw new Error('ended');
        return log.readPage(page);
      },
    };
    const ended = rebuildHere(reading, { step })({
      drafts: [{ draft: { store, file: null }, of: projections }],
      upTo: events,
    });
    await expect(ended).rejects.toThrow('ended');
    const [checkpoint = 0] = (await store.checkpoints()).values();
    expect(checkpoint > 0 && checkpoint <= at).toBe(true);
    await store.close();
  }
  const store = await stores.kept('ended');
  await rebuildTo(store, events, 50);
  expect(await fingerprint(store, events)).toBe(await fingerprint(undisturbed, events));
});

/** Code that cannot do with some events: with their bodies, with their lines only, or with facts, which have no lines. */
const spoilt: ReadEvent = (stored, position) => {
  const event = readEvent(stored, position);
  if (position % 29n === 0n) throw new Error('It cannot be read');
  if (position % 7n === 0n && event.type === 'SupportProvided')
    return { ...event, data: { ...event.data, occurred: { from: 'x', to: 'x', basis: 'stated' } } };
  if (event.type === 'BodyFactCorrected')
    return { ...event, data: { ...event.data, corrects: derivedId('x', 'y') } };
  return event;
};

test.each([
  ['from the beginning', 0, 0],
  ['gone on with, one of them being ahead', 130, 301],
  ['gone on with, the other one being ahead', 260, 90],
])(
  'stores of each projection that are built of one reading hold what each would hold alone, and park what it would park: %s',
  async (_how, ...reached) => {
    const order = async (drafts: readonly OrderedDraft[], upTo: number): Promise<void> =>
      rebuildHere(log, { step: 70, readEvent: spoilt })({ drafts, upTo });
    const alone: OrderedDraft[] = [];
    const together: OrderedDraft[] = [];
    for (const [at, projection] of projections.entries()) {
      const [of, upTo = 0] = [[projection], reached[at]];
      alone.push({ draft: { store: await stores.open(), file: null }, of });
      together.push({ draft: { store: await stores.open('sqlite'), file: null }, of });
      await order(together.slice(-1), upTo);
    }
    for (const draft of alone) await order([draft], events);
    await order(together, events);
    const parked: number[] = [];
    for (const [at, { draft }] of alone.entries()) {
      const store = together[at]?.draft.store;
      if (store === undefined) throw new RangeError('It was not built');
      expect(await fingerprint(store, events)).toBe(await fingerprint(draft.store, events));
      expect(await store.parked(events)).toEqual(await draft.store.parked(events));
      for (const { position } of await draft.store.parked(events)) parked.push(position);
    }
    // Some in both, and in each some that the other one applies.
    expect(new Set(parked).size).toBeLessThan(parked.length);
    const [figures, documents] = await Promise.all(
      alone.map(async ({ draft }) => draft.store.parked(events)),
    );
    const positions = (all: typeof figures): Set<number> => new Set(all?.map(({ position }) => position));
    expect([...positions(figures)].some((position) => !positions(documents).has(position))).toBe(true);
    expect([...positions(documents)].some((position) => !positions(figures).has(position))).toBe(true);
  },
);

test('streams shared out between two folders come to the same', async () => {
  const even = (stream: string): boolean => (stream.codePointAt(stream.length - 1) ?? 0) % 2 === 0;
  const helper = (targets: readonly FoldTarget[]): FoldHelper => {
    const fold = new EventFold(historyFromLog(log), targets);
    let turn: Promise<unknown> = Promise.resolve();
    return {
      fold: async ({ after, upTo }) => {
        const mine = turn.then(async () => {
          for (const recorded of await log.readPage({ after: BigInt(after), limit: upTo - after }))
            if (!even(recorded.stream)) await fold.add(recorded);
          return fold.take();
        });
        turn = mine;
        return mine;
      },
    };
  };
  const store = await stores.open('sqlite');
  await rebuild({
    targets: [{ store, of: projections }],
    upTo: events,
    step: 130,
    history: historyFromLog(log),
    helper,
    read: async (fold, after, upTo) => {
      for (const recorded of await log.readPage({ after: BigInt(after), limit: upTo - after }))
        if (even(recorded.stream)) await fold.add(recorded);
    },
  });
  expect(await fingerprint(store, events)).toBe(await fingerprint(await live(), events));
});

test('a file is built from a log’s file, and says how far it has come', async () => {
  const logFile = join(stores.folder, 'log.db');
  const filed = SqliteEventLog.open(logFile, () => Date.parse('2021-01-04T09:00:00Z'));
  await appendHistory(filed, made.events);
  await filed.close();
  const file = join(stores.folder, 'draft.db');
  const told: number[] = [];
  await rebuildInThreads({ logFile, step: 200 })({
    drafts: [{ draft: { store: SqliteReadStore.open(file), file }, of: projections }],
    upTo: events,
    onProgress: (position) => told.push(position),
  });
  const store = SqliteReadStore.open(file);
  expect(await fingerprint(store, events)).toBe(await fingerprint(await live(), events));
  await store.close();
  expect(told.at(-1)).toBe(events);
});

test('every posting can be read in plain words: added up they are the lines that stand', async () => {
  const store = await live();
  const sums = new Map<string, number>();
  let last = 0;
  let kind = '';
  for await (const line of postedLines(store, events)) {
    if (line.kind !== kind) last = 0;
    kind = line.kind;
    expect([line.position > 0, line.thing <= line.position]).toEqual([true, true]);
    last = Math.max(last, line.position);
    sums.set(kind, (sums.get(kind) ?? 0) + line.sign);
  }
  expect([...sums.values()].every((sum) => sum >= 0)).toBe(true);
  expect([...sums.keys()]).toEqual(expect.arrayContaining(['activity', 'support', 'gain', 'attendance']));
});

test('the same events post the same for ever, unless a projection’s version is raised', async () => {
  // A change here without a new version in projectionVersions would leave stored read models as they were.
  const prints: string[] = [];
  for (const projection of projections) prints.push(await fingerprint(await live([projection]), events));
  expect(prints).toMatchInlineSnapshot(`
    [
      "8516dc7ba744629f",
      "2d47b74538916cbc",
    ]
  `);
});
