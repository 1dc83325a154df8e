import {
  createQueries,
  fingerprint,
  PartitionProjector,
  Projector,
  type StreamHistory,
} from '@ledger/projections';
import type { TopicReadStore } from '@ledger/read-store';
import { history } from '../histories';
import { HistoryLog, recorded, rebuilt } from '../property/projected-history';
import { compiledFoldingThread } from '../running/folding-thread';
import { ReadStores } from '../running/read-stores';

/*
 * Earlier events of a stream are read back while later ones are folded. Where they cannot be read for now, the event that
 * is being folded is not to blame: nothing is parked, and the same events are applied when they can be read again.
 */

const made = history({ seed: 34, events: 400 });
const log = new HistoryLog(made);
const events = made.events.map(recorded);
const head = BigInt(events.length);

const stores = new ReadStores();
/** Whether earlier events can be read. */
let away = false;
afterEach(() => stores.close());

/** A store whose kept events cannot be read while they are away. */
function whileAway(store: TopicReadStore): TopicReadStore {
  return new Proxy(store, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (name === 'events' && away) return async () => Promise.reject(new Error('away'));
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

const historyWhileAway: StreamHistory = {
  before: async function* (stream, revision) {
    if (away) throw new Error('away');
    yield* log.history.before(stream, revision);
  },
};

/** Applies while the history is away and, where that fails, once more when it is back; whether it failed. */
async function failedFirst(apply: () => Promise<unknown>): Promise<boolean> {
  away = true;
  const failed = await apply().then(
    () => false,
    (error: unknown) => {
      expect(error).toEqual(new Error('away'));
      return true;
    },
  );
  away = false;
  if (failed) await apply();
  return failed;
}

async function expectWhole(store: TopicReadStore): Promise<void> {
  const other = await stores.open();
  await rebuilt(made, other);
  const standing = await createQueries({ store, log, figures: [] }).standing({ position: head });
  expect(standing).toMatchObject({ incomplete: false, parked: 0 });
  expect(await fingerprint(store, Number(head))).toBe(await fingerprint(other, Number(head)));
}

test('a projector of the log applies the same events again, each once', async () => {
  const store = await stores.openTopic();
  const step = 20;
  let failures = 0;
  for (let at = 0; at < events.length; at += step) {
    // A new one remembers nothing, so that it reads histories.
    const projector = new Projector(store, historyWhileAway);
    if (await failedFirst(async () => projector.apply(events.slice(at, at + step)))) failures += 1;
  }
  expect(failures).toBeGreaterThan(0);
  await expectWhole(store);
});

test.each(['this thread', 'another thread'])(
  'a projector of a partition, folded by %s, applies the same events again, each once',
  async (who) => {
    const thread = who === 'another thread' ? compiledFoldingThread() : undefined;
    const store = await stores.openTopic();
    await store.keepFrom({ topic: 'ledger', partitions: 1, group: 'one' });
    const projector = new PartitionProjector({
      store: whileAway(store),
      partition: 0,
      ...(thread && { beginFolding: thread.begin }),
    });
    let [failures, offset] = [0, await projector.begin()];
    for (const event of events) {
      projector.forget();
      offset += 1;
      const read = { events: [event], upTo: undefined, offset };
      if (await failedFirst(async () => projector.apply(read))) failures += 1;
    }
    await projector.apply({ events: [], upTo: head, offset });
    expect(failures).toBeGreaterThan(0);
    await expectWhole(store);
    await thread?.close();
  },
);
