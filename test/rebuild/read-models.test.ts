import { readdirSync } from 'node:fs';
import { derivedId, readEvent, streamOf } from '@ledger/events';
import { MemoryEventLog } from '@ledger/event-log';
import {
  fingerprint,
  ReadModels,
  rebuildHere,
  seesEverything,
  type Projection,
  type ReadEvent,
  type RebuildProgress,
  type Rebuilder,
} from '@ledger/projections';
import { MemoryShelf, SqliteShelf, type Shelf } from '@ledger/read-store';
import { ReadStores } from '../running/read-stores';

const year = 201617;
const body = derivedId('test-body', 'a');
let log: MemoryEventLog;
const stores = new ReadStores();
let appended = 0;
const open: ReadModels[] = [];

async function raw(stream: string, type: string, schemaVersion: number, data: unknown): Promise<bigint> {
  const number = String(++appended);
  const id = derivedId('read-models', number);
  const { position } = await log.append({
    writes: [{ stream, expected: 'any', events: [{ id, type, schemaVersion, data }] }],
    command: { actor: id, scope: 'test', key: number, hash: number },
    correlationId: id,
    causationId: id,
  });
  return position;
}

const content = (title: string): Record<string, unknown> => ({
  offer: 'o',
  title,
  occurred: { from: '2016-06-01', to: '2016-06-01', basis: 'stated' },
  bodies: [{ body, role: 'recipient' }],
});

async function support(name: string, type = 'SupportProvided', version = 1): Promise<bigint> {
  return raw(streamOf('activity', derivedId('read-models', name)), type, version, content(name));
}

beforeEach(async () => {
  log = new MemoryEventLog(() => Date.parse('2017-05-01T09:00:00Z'));
  await raw('theme-t', 'ThemeDeclared', 1, { label: 'Theme' });
  await raw('programme-p', 'ProgrammeDeclared', 1, { label: 'Programme', theme: 't' });
  await raw('offer-o', 'OfferDeclared', 1, { label: 'Offer', programme: 'p' });
  await raw('measure-supported', 'MeasureDeclared', 1, {
    label: 'Times supported',
    unit: 'activity',
    kind: 'flow',
    rule: 'count-things/1',
    parameters: { kinds: ['activity'] },
  });
});
afterEach(async () => {
  for (const models of open.splice(0)) await models.close();
  await log.close();
  await stores.close();
});

interface Opening {
  readonly shelf?: Shelf;
  readonly rebuilder?: Rebuilder;
  readonly versions?: Readonly<Record<Projection, number>>;
  readonly readEvent?: ReadEvent;
  readonly onProgress?: (progress: RebuildProgress) => void;
}

async function openModels({
  shelf,
  rebuilder,
  versions = { figures: 1, documents: 1 },
  readEvent: read,
  onProgress,
}: Opening = {}): Promise<ReadModels> {
  const models = await ReadModels.open({
    shelf: shelf ?? (await stores.shelf()),
    log,
    figures: [],
    rebuilder: rebuilder ?? rebuildHere(log, { step: 5, ...(read !== undefined && { readEvent: read }) }),
    versions,
    ...(read !== undefined && { readEvent: read }),
    ...(onProgress !== undefined && { onProgress }),
  });
  open.push(models);
  return models;
}

async function close(models: ReadModels): Promise<void> {
  open.splice(open.indexOf(models), 1);
  await models.close();
}

async function counted(models: ReadModels): Promise<number | undefined> {
  return (await models.queries.annualTotals({ year })).rows[0]?.value;
}

/** A rebuilder that waits until it is let go on. */
function held(): { rebuilder: Rebuilder; begun: Promise<void>; goOn: () => void } {
  let goOn = (): void => undefined;
  let begin = (): void => undefined;
  const gate = new Promise<void>((resolve) => (goOn = resolve));
  const begun = new Promise<void>((resolve) => (begin = resolve));
  return {
    begun,
    goOn: () => goOn(),
    rebuilder: async (order) => {
      begin();
      await gate;
      await rebuildHere(log)(order);
    },
  };
}

describe.each([
  ['memory', async () => new MemoryShelf()],
  ['files, or wherever else they are kept', async () => stores.shelf()],
])('read models in %s', (_name, shelfOf) => {
  test.each(['figures', 'documents'] as const)(
    'given a ledger that goes on, when its %s are rebuilt, then questions are answered throughout and the new version holds the same',
    async (projection) => {
      await support('one');
      const shelf = await shelfOf();
      const first = await openModels({ shelf });
      expect(await counted(first)).toBe(1);
      const hold = held();
      await close(first);
      const models = await openModels({ shelf, rebuilder: hold.rebuilder });
      const rebuilding = models.rebuild(projection);
      await hold.begun;
      await models.whenApplied(await support('two'));
      expect(await counted(models)).toBe(2);
      await expect(models.rebuild(projection)).rejects.toMatchObject({ code: 'REBUILD_RUNNING' });
      const asked = models.queries.records({ viewer: seesEverything });
      hold.goOn();
      expect(await rebuilding).toMatchObject({ projection, same: true, parked: 0 });
      expect((await asked).total).toBe(2);
      await models.whenApplied(await support('three'));
      expect(await counted(models)).toBe(3);
      expect((await models.queries.records({ viewer: seesEverything })).total).toBe(3);
    },
  );

  test('given a projection whose code has changed, when the ledger starts, then the old version answers, marked, until the new one is built', async () => {
    await support('one');
    const shelf = await shelfOf();
    await close(await openModels({ shelf }));
    const hold = held();
    const models = await openModels({
      shelf,
      rebuilder: hold.rebuilder,
      versions: { figures: 2, documents: 1 },
    });
    await hold.begun;
    const meanwhile = await models.queries.annualTotals({ year });
    expect([meanwhile.rebuilding, meanwhile.rows[0]?.value]).toEqual([true, 1]);
    const applied = models.whenApplied(await support('two'));
    hold.goOn();
    await applied;
    const after = await models.queries.annualTotals({ year });
    expect([after.rebuilding, after.rows[0]?.value]).toEqual([undefined, 2]);
  });
});

test('given figures of a new version, when something is recorded while they are built, then register and catalogue do not wait, and the new version holds it', async () => {
  await support('one');
  const shelf = await stores.shelf();
  await close(await openModels({ shelf }));
  const hold = held();
  const models = await openModels({
    shelf,
    rebuilder: hold.rebuilder,
    versions: { figures: 2, documents: 1 },
  });
  await hold.begun;
  const position = await support('two');
  await models.whenApplied(position, undefined, ['documents']);
  expect([models.rebuilding, models.applied]).toEqual([true, position - 1n]);
  hold.goOn();
  await models.whenRebuilt();
  expect([await counted(models), models.applied]).toEqual([2, position]);
});

test('given documents of a new version, commands see register and catalogue of now while they are built', async () => {
  await support('one');
  const shelf = await stores.shelf();
  await close(await openModels({ shelf }));
  const hold = held();
  const models = await openModels({
    shelf,
    rebuilder: hold.rebuilder,
    versions: { figures: 1, documents: 2 },
  });
  await hold.begun;
  await raw('offer-new', 'OfferDeclared', 1, { label: 'New', programme: 'p' });
  await raw('offer-later', 'OfferDeclared', 9, {});
  const position = await raw('offer-later', 'OfferRenamed', 1, { label: 'Parked' });
  const offers = async (): Promise<readonly string[]> => [
    ...(await models.reference.catalogue(position)).offers.keys(),
  ];
  expect(await offers()).toEqual(['o', 'new']);
  expect((await models.queries.offers()).map(({ id }) => id)).toEqual(['o']);
  hold.goOn();
  await models.whenRebuilt();
  expect(await offers()).toEqual(['o', 'new']);
  expect((await models.queries.offers()).map(({ id }) => id)).toEqual(['o', 'new']);
});

test('a rebuild says how far it has come while it goes on, also one that began by itself, and then no more', async () => {
  for (let n = 0; n < 20; n++) await support(`activity ${n}`);
  const shelf = await stores.shelf();
  await close(await openModels({ shelf }));
  const told: number[] = [];
  let models: ReadModels | undefined;
  const rebuilder: Rebuilder = async (order) =>
    rebuildHere(log, { step: 5 })({
      ...order,
      onProgress: (position) => {
        order.onProgress?.(position);
        for (const { projection, position: at, of } of models?.underWay ?? [])
          if (projection === 'documents' && of === 24) told.push(at);
      },
    });
  const opening: number[] = [];
  models = await openModels({
    shelf,
    rebuilder,
    versions: { figures: 1, documents: 2 },
    onProgress: ({ position }) => opening.push(position),
  });
  await models.whenRebuilt();
  expect([told.at(-1), models.underWay, opening]).toEqual([24, [], []]);
});

test('what is missing is built of one reading, with all that the machine has; beside answers one projection is built after another', async () => {
  await support('one');
  const building = new Set<Projection>();
  const orders: [beside: boolean, atOnce: number][] = [];
  const rebuilder: Rebuilder = async (order) => {
    const ordered = order.drafts.flatMap(({ of }) => of);
    for (const projection of ordered) building.add(projection);
    orders.push([order.besideAnswers === true, building.size]);
    await rebuildHere(log)(order);
    for (const projection of ordered) building.delete(projection);
  };
  const models = await openModels({ rebuilder });
  await Promise.all([models.rebuild('figures'), models.rebuild('documents')]);
  expect(orders).toEqual([
    [false, 2],
    [true, 1],
    [true, 1],
  ]);
});

test('given a new version that cannot be built, the old one answers, marked, with why; a rebuild afterwards takes its place', async () => {
  await support('one');
  const shelf = await stores.shelf();
  await close(await openModels({ shelf }));
  let full = true;
  const models = await openModels({
    shelf,
    versions: { figures: 2, documents: 1 },
    rebuilder: async (order) => {
      if (full) throw new Error('The disk is full.');
      await rebuildHere(log)(order);
    },
  });
  await expect(models.whenRebuilt()).rejects.toThrow('The disk is full.');
  expect(models.failed).toEqual([{ projection: 'figures', reason: 'The disk is full.' }]);
  expect([(await models.queries.annualTotals({ year })).rebuilding, await counted(models)]).toEqual([
    true,
    1,
  ]);
  full = false;
  expect(await models.rebuild('figures')).toMatchObject({ same: null });
  expect([models.failed, models.rebuilding]).toEqual([[], false]);
  await models.whenApplied(await support('two'));
  expect(await counted(models)).toBe(2);
});

test('whoever waits for a position while a version is put in the place of another is not forgotten', async () => {
  const models = await openModels({ shelf: new MemoryShelf() });
  for (let n = 0; n < 10; n++) {
    const rebuilt = models.rebuild('figures');
    const applied = models.whenApplied((await log.head()).position + 1n);
    await support(`activity ${n}`);
    await Promise.all([applied, rebuilt]);
  }
  expect(await counted(models)).toBe(10);
});

test('whoever reads the stores for long has both of them to the end, whichever is rebuilt meanwhile', async () => {
  await support('one');
  const shelf = await stores.shelf();
  const promoted: string[] = [];
  let bothPromoted = (): void => undefined;
  const both = new Promise<void>((resolve) => (bothPromoted = resolve));
  const promote = shelf.promote.bind(shelf);
  const models = await openModels({ shelf });
  shelf.promote = async (name) => {
    await promote(name);
    promoted.push(name);
    if (promoted.length === 2) bothPromoted();
  };
  const begun = models.reading(async (stores) => {
    await both;
    await new Promise((resolve) => setImmediate(resolve));
    return Promise.all([stores.figures.checkpoints(), stores.documents.checkpoints()]);
  });
  const rebuilt = [models.rebuild('figures'), models.rebuild('documents')];
  const { position } = await log.head();
  expect(await begun).toEqual(Array.from({ length: 2 }, () => new Map([[0, Number(position)]])));
  await Promise.all(rebuilt);
  expect(await counted(models)).toBe(1);
});

test('a version that was built stays in use after the ledger is started again, and older files are removed', async () => {
  await support('one');
  const shelf = new SqliteShelf(stores.folder);
  const models = await openModels({ shelf });
  await models.rebuild('figures');
  await models.rebuild('figures');
  await close(models);
  const again = await openModels({ shelf });
  expect(await counted(again)).toBe(1);
  expect(readdirSync(stores.folder).filter((name) => name.endsWith('.db'))).toEqual([
    'documents-1.db',
    'figures-3.db',
  ]);
});

test('a draft left behind is gone on with; one of another version is thrown away', async () => {
  for (let n = 0; n < 20; n++) await support(`activity ${n}`);
  const first = await openModels();
  const failing: Rebuilder = async (order) => {
    await rebuildHere(log)({ ...order, upTo: 12 });
    throw new Error('ended');
  };
  await close(first);
  const ended = await openModels({ rebuilder: failing });
  await expect(ended.rebuild('figures')).rejects.toThrow('ended');
  await close(ended);
  const begins: number[] = [];
  const noting: Rebuilder = async (order) => {
    for (const { draft } of order.drafts) begins.push((await draft.store.checkpoints()).get(0) ?? 0);
    await rebuildHere(log)(order);
  };
  const models = await openModels({ rebuilder: noting });
  expect(await models.rebuild('figures')).toMatchObject({ same: true });
  expect(await models.rebuild('figures')).toMatchObject({ same: true });
  expect(begins).toEqual([12, 0]);
});

test('read models beyond the end of the log are of another log, and are made anew', async () => {
  await support('one');
  await support('two');
  await close(await openModels());
  const longer = log;
  log = new MemoryEventLog(() => Date.parse('2017-05-01T09:00:00Z'));
  await raw('theme-t', 'ThemeDeclared', 1, { label: 'Theme' });
  const models = await openModels();
  expect(models.applied).toBe(1n);
  expect(await counted(models)).toBeUndefined();
  await longer.close();
});

test('a record whose later event cannot be read is listed and shown as far as it can be', async () => {
  const models = await openModels();
  await support('one');
  const id = derivedId('read-models', 'one');
  await models.whenApplied(await raw(streamOf('activity', id), 'SomethingElse', 1, {}));
  const { records, incomplete } = await models.queries.records({ viewer: seesEverything });
  expect([records.map(({ title }) => title), incomplete]).toEqual([['one'], true]);
  expect((await models.queries.record('activity', id, seesEverything))?.history).toHaveLength(1);
});

describe('an event that cannot be applied', () => {
  const stream = streamOf('activity', derivedId('read-models', 'poison'));
  const correction = {
    corrects: derivedId('x', 'y'),
    type: 'SupportProvided',
    schemaVersion: 1,
    content: content('mended'),
    reason: 'other',
  };

  /** Code that can do with the event what this release cannot. */
  const mended: ReadEvent = (stored, position) => {
    const { type, data } = stored;
    if (type === 'SomethingElse' || stored.schemaVersion > 1)
      return readEvent({ ...stored, type: 'SupportProvided', schemaVersion: 1 }, position);
    if (type === 'ActivityCorrected') return { type: 'SupportProvided', data: content('mended') } as never;
    if (type === 'SupportProvided' && (data as { offer: unknown }).offer === 7)
      return { type: 'SupportProvided', data: content('mended') } as never;
    return readEvent(stored, position);
  };

  test.each([
    ['of an unknown type', 'SomethingElse', 1, content('poison')],
    ['of an unknown version', 'SupportProvided', 9, content('poison')],
    ['that does not fit its type', 'SupportProvided', 1, { offer: 7 }],
    ['that breaks a rule of the fold', 'ActivityCorrected', 1, correction],
  ])(
    'given one %s, it is parked with its stream in each projection and counted; given the fix as a new version, all is applied in the order of the log',
    async (_what, type, version, data) => {
      await support('one');
      const shelf = await stores.shelf();
      const models = await openModels({ shelf });
      await raw(stream, type, version, data);
      await raw(stream, 'ActivityWithdrawn', 1, { reason: 'other' });
      await models.whenApplied(await raw(stream, 'ActivityReinstated', 1, { reason: 'other' }));
      await models.whenApplied(await support('two'));
      expect(await models.parked()).toEqual({ figures: 3, documents: 3 });
      const before = await models.queries.annualTotals({ year });
      expect([before.incomplete, before.parked, before.rows[0]?.value]).toEqual([true, 3, 2]);
      expect((await models.queries.records({ viewer: seesEverything })).total).toBe(2);
      // Without a fix, replaying changes nothing.
      expect((await models.replay()).map(({ parked, same }) => [parked, same])).toEqual([
        [3, true],
        [3, true],
      ]);
      await close(models);

      const fixed = await openModels({ shelf, readEvent: mended, versions: { figures: 2, documents: 2 } });
      const { position } = await log.head();
      await fixed.whenRebuilt();
      expect(await fixed.parked()).toEqual({ figures: 0, documents: 0 });
      const after = await fixed.queries.annualTotals({ year });
      expect([after.incomplete, after.parked, after.rows[0]?.value]).toEqual([false, 0, 3]);
      const clean = await openModels({ shelf: new MemoryShelf(), readEvent: mended });
      for (const projection of ['figures', 'documents'] as const)
        expect(await fingerprint(fixed.stores[projection], Number(position))).toBe(
          await fingerprint(clean.stores[projection], Number(position)),
        );
    },
  );

  test('given a fix of the same version, replay applies what is parked', async () => {
    const shelf = await stores.shelf();
    await support('one');
    const models = await openModels({ shelf });
    await models.whenApplied(await raw(stream, 'SomethingElse', 1, content('poison')));
    await close(models);
    const fixed = await openModels({ shelf, readEvent: mended });
    expect(await fixed.parked()).toEqual({ figures: 1, documents: 1 });
    expect((await fixed.replay()).map(({ projection, parked, same }) => [projection, parked, same])).toEqual([
      ['figures', 0, false],
      ['documents', 0, false],
    ]);
    expect(await fixed.parked()).toEqual({ figures: 0, documents: 0 });
    expect(await counted(fixed)).toBe(2);
  });
});
