import { derivedId, eventDefinitions, streamOf, type EventData, type EventType } from '@ledger/events';
import { MemoryEventLog } from '@ledger/event-log';
import { ReadModels, rebuildHere, type Projection } from '@ledger/projections';
import { MemoryShelf } from '@ledger/read-store';

const year = 201617;
let log: MemoryEventLog;
let models: ReadModels;
let appended = 0;
/** Whether the stores take what is written to them. */
let room: boolean;
/** Those that found no room and wait. */
let waiting: (() => void)[];
/** Resolves when something found no room. */
let refused: Promise<void>;

async function add<T extends EventType>(stream: string, type: T, data: EventData<T>): Promise<bigint> {
  const number = String(++appended);
  const id = derivedId('without-room', number);
  const { position } = await log.append({
    writes: [
      {
        stream,
        expected: 'any',
        events: [{ id, type, schemaVersion: eventDefinitions[type].version, data }],
      },
    ],
    command: { actor: id, scope: 'test', key: number, hash: number },
    correlationId: id,
    causationId: id,
  });
  return position;
}

async function support(name: string): Promise<bigint> {
  return add(streamOf('activity', derivedId('without-room', name)), 'SupportProvided', {
    offer: 'o',
    title: name,
    occurred: { from: '2016-06-01', to: '2016-06-01', basis: 'stated' },
    bodies: [{ body: derivedId('without-room', 'body'), role: 'recipient' }],
  });
}

/** The store of a projection takes nothing while there is no room. */
function fill(projection: Projection): void {
  const store = models.stores[projection];
  const advance = store.advance.bind(store);
  store.advance = async (step, work) => {
    if (!room) throw new Error('no room');
    await advance(step, work);
  };
}

function makeRoom(): void {
  room = true;
  for (const goOn of waiting.splice(0)) goOn();
}

async function supported(): Promise<number | undefined> {
  return (await models.queries.annualTotals({ year })).rows[0]?.value;
}

beforeEach(async () => {
  room = true;
  waiting = [];
  log = new MemoryEventLog(() => Date.parse('2017-05-01T09:00:00Z'));
  await add('theme-t', 'ThemeDeclared', { label: 'Theme' });
  await add('programme-p', 'ProgrammeDeclared', { label: 'Programme', theme: 't' });
  await add('measure-supported', 'MeasureDeclared', {
    label: 'Times supported',
    unit: 'activity',
    kind: 'flow',
    rule: 'count-things/1',
    parameters: { kinds: ['activity'] },
  });
  await support('one');
  let sayRefused = (): void => undefined;
  refused = new Promise((resolve) => (sayRefused = resolve));
  models = await ReadModels.open({
    shelf: new MemoryShelf(),
    log,
    figures: [],
    rebuilder: rebuildHere(log),
    whenToRetry: async (_error, signal) => {
      sayRefused();
      await new Promise<void>((resolve) => {
        if (room) resolve();
        waiting.push(resolve);
        signal.addEventListener('abort', () => resolve());
      });
    },
  });
});
afterEach(async () => {
  await models.close();
  await log.close();
});

test('read models without room answer for what they have, say so, and catch up when there is room', async () => {
  fill('figures');
  fill('documents');
  room = false;
  const position = await support('two');
  await refused;
  expect(await supported()).toBe(1);
  expect(models.hindrance).toEqual(new Error('no room'));
  makeRoom();
  await models.whenApplied(position);
  expect(await supported()).toBe(2);
  expect(models.hindrance).toBeUndefined();
});

test('what commands are decided on holds everything recorded, also what found no room', async () => {
  fill('documents');
  room = false;
  const declared = await add('offer-o', 'OfferDeclared', { label: 'Offer', programme: 'p' });
  await refused;
  const renamed = await add('offer-o', 'OfferRenamed', { label: 'Renamed' });
  const label = async (at: bigint): Promise<string | undefined> =>
    (await models.reference.catalogue(at)).offers.get('o')?.label;
  expect([await label(declared), await label(renamed), await label(declared - 1n)]).toEqual([
    'Offer',
    'Renamed',
    undefined,
  ]);
  makeRoom();
  await models.whenApplied(renamed);
  expect([await label(declared), await label(renamed)]).toEqual(['Offer', 'Renamed']);
  expect((await models.queries.offers()).map(({ label: shown }) => shown)).toEqual(['Renamed']);
});

test('an event of the register that cannot be read decides nothing, and no later one of its stream does', async () => {
  fill('documents');
  room = false;
  const id = derivedId('without-room', 'command');
  await log.append({
    writes: [
      {
        stream: 'offer-o',
        expected: 'any',
        events: [
          { id, type: 'SomethingElse', schemaVersion: 1, data: {} },
          {
            id: derivedId('without-room', 'later'),
            type: 'OfferDeclared',
            schemaVersion: 1,
            data: { label: 'Offer', programme: 'p' },
          },
        ],
      },
    ],
    command: { actor: id, scope: 'test', key: 'k', hash: 'h' },
    correlationId: id,
    causationId: id,
  });
  const { position } = await log.head();
  const before = await models.reference.catalogue(position);
  expect(before.offers.get('o')).toBeUndefined();
  await refused;
  makeRoom();
  await models.whenApplied(position);
  expect((await models.reference.catalogue(position)).offers.get('o')).toBeUndefined();
  expect((await models.parked()).documents).toBe(2);
});
