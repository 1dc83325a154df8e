import { decodeStoredBody, derivedId, streamOf } from '@ledger/events';
import type { ChangedFigure } from '@ledger/projections';
import { decideOnAdjustment, proposeAdjustment } from '@ledger/recording';
import { PublishingLedger } from './publishing-ledger';

/* A published figure is a citation: it stays what it said, and tells what it says since and why (S1, D6, D7). */

let ledger: PublishingLedger;
beforeEach(async () => {
  ledger = await PublishingLedger.start();
});
afterEach(() => ledger.stop());

const events = { ask: 'annual-total', parameters: { measure: 'events-held', year: '2019/20' } };
const table = { ask: 'annual-total', parameters: { year: '2019/20' }, table: true };

async function lastEvent(): Promise<{
  type: string;
  stream: string;
  data: Readonly<Record<string, unknown>>;
}> {
  const { log } = ledger.closing.recorded;
  const { position } = await log.head();
  const [recorded] = await log.readPage({ after: position - 1n, limit: 1 });
  if (recorded === undefined) throw new RangeError('The log is empty');
  const { type, stream, data } = decodeStoredBody(recorded.bytes);
  return { type, stream, data: { ...Object(data) } };
}

test('publishing a figure records the question, the rule, the position, how complete it is and what it says', async () => {
  const { position } = await ledger.held(3);
  const id = await ledger.published(events);
  const { type, stream, data } = await lastEvent();
  expect([type, stream]).toEqual(['FigurePublished', streamOf('publication', id)]);
  expect(data).toEqual({
    publication: 'Annual report',
    ask: 'annual-total',
    parameters: { measure: 'events-held', year: '2019/20' },
    rule: expect.stringMatching(/\/\d+$/) as string,
    position,
    completeness: { parked: 0, importing: 0 },
    standing: 'provisional',
    label: 'Events held, 2019/20',
    value: '3',
    unit: expect.any(String) as string,
    shown: '3',
  });
});

test('a figure that nothing bears on says the same later, and nothing made a difference', async () => {
  await ledger.held(3);
  const id = await ledger.published(events);
  await ledger.held(2, '2020-05-04');
  const { figures } = await ledger.read(id);
  expect(figures).toMatchObject([{ agrees: true, changed: false, difference: 0, now: { value: '3' } }]);
  expect((await ledger.changes(id)).changes).toEqual([]);
});

test('what it said is counted again, what it says now stands beside it, and the events between are named', async () => {
  const { records } = await ledger.held(3);
  const id = await ledger.published(events);
  const added = await ledger.held(2);
  await ledger.held(7, '2020-05-04');
  const withdrawn = await ledger.withdraw(records[0]?.id ?? '');
  const { figures } = await ledger.read(id);
  expect(figures).toMatchObject([
    {
      said: { value: '3' },
      recounted: { value: '3' },
      agrees: true,
      now: { value: '4' },
      changed: true,
      difference: 1,
    },
  ]);
  const { changes, next } = await ledger.changes(id);
  expect(next).toBeNull();
  expect(changes).toMatchObject([
    {
      to: added.position,
      cause: 'records',
      events: [{ type: 'EventHeld', count: 2 }],
      effect: [{ difference: 2 }],
    },
    {
      to: withdrawn.position,
      events: [{ type: 'ActivityWithdrawn', count: 1 }],
      effect: [{ difference: -1 }],
    },
  ]);
});

test('what was changed and changed back makes no difference; beside a difference it is told, so that all adds up', async () => {
  await ledger.held(3);
  const id = await ledger.published(events);
  const { records } = await ledger.held(1);
  await ledger.withdraw(records[0]?.id ?? '');
  expect((await ledger.changes(id)).changes).toEqual([]);
  await ledger.held(1);
  expect((await ledger.changes(id)).changes.map(({ effect }) => effect[0]?.difference)).toEqual([1, -1, 1]);
});

test('a fact of the register and a rule that made a difference are named as such', async () => {
  const { closing } = ledger;
  const support = {
    offer: 'p0',
    title: 'Support',
    occurred: { from: '2019-06-03', to: '2019-06-03', basis: 'stated' },
  };
  const bodies = closing.bodies.map((body) => ({ body, role: 'recipient' }));
  await closing.record('SupportProvided', { ...support, bodies });
  const share = await ledger.published({
    ask: 'take-up',
    parameters: { offer: 'p0', year: '2019/20', by: 'region', group: 'All councils' },
  });
  const count = await ledger.published(events);
  await closing.recorded.add(streamOf('body', closing.bodies[0] ?? ''), 'BodyDissolved', {
    on: '2019-12-01',
    successors: [],
    source: 'test',
  });
  await closing.recorded.add('measure-events-held', 'MeasureDeclared', {
    label: 'Events held',
    unit: 'activity',
    kind: 'flow',
    rule: 'count-things/1',
    parameters: { kinds: ['activity'], events: ['SupportProvided'] },
  });
  expect((await ledger.read(share)).figures).toMatchObject([
    { said: { shown: '2 of 2', base: 2 }, agrees: true, now: { shown: '1 of 1', base: 1 }, changed: true },
  ]);
  expect((await ledger.changes(share)).changes).toMatchObject([{ cause: 'register' }]);
  expect((await ledger.changes(count)).changes).toMatchObject([
    { cause: 'rules', effect: [{ before: '0', now: '1', difference: 1 }] },
  ]);
});

test('many changes come a page at a time, each once, and add up to the difference', async () => {
  await ledger.held(1);
  const id = await ledger.published(events);
  for (let at = 0; at < 30; at++) await ledger.held(1 + (at % 3));
  const first = await ledger.changes(id);
  expect([first.changes.length, first.next]).toEqual([25, expect.any(String)]);
  await ledger.held(1);
  const rest = await ledger.changes(id, first.next ?? '');
  expect([rest.changes.length, rest.next]).toEqual([5, null]);
  const sum = [...first.changes, ...rest.changes].reduce(
    (total, { effect }) => total + (effect[0]?.difference ?? 0),
    0,
  );
  expect(sum).toBe(60);
});

test('a whole table is published at once, each figure a citation of its own', async () => {
  await ledger.held(3);
  const { events: recorded, records } = await ledger.publish(table);
  const { figures, publication } = await ledger.read(records[0]?.id ?? '');
  expect(figures.length).toBeGreaterThan(20);
  expect(publication.figures).toBe(figures.length);
  expect(figures.map(({ event }) => event)).toEqual(recorded.map(({ id }) => id));
  expect(figures.every(({ agrees, changed }) => agrees && !changed)).toBe(true);
});

test('two places that cite one question as recorded by one position cannot differ', async () => {
  const { position } = await ledger.held(3);
  const one = await ledger.published({ ...events, asRecordedBy: position });
  await ledger.held(2);
  const other = await ledger.published({ ...events, publication: 'Highlights', asRecordedBy: position });
  const [first, second] = [await ledger.read(one), await ledger.read(other)];
  expect(second.figures[0]?.said).toEqual(first.figures[0]?.said);
  expect(second.figures[0]?.before).toMatchObject({ publication: one, restated: false });
});

test('a release lists what it restates, with what was said before and where', async () => {
  await ledger.held(3);
  const half = await ledger.published({ ...events, publication: 'Half-year report' });
  await ledger.held(2);
  const whole = await ledger.published(events);
  expect((await ledger.read(whole)).figures).toMatchObject([
    {
      said: { shown: '5' },
      before: { publication: half, title: 'Half-year report', shown: '3', restated: true },
    },
  ]);
  expect((await ledger.read(half)).figures).toMatchObject([{ before: null }]);
});

test('a figure says whether it was provisional, final or restated when it was published', async () => {
  const { closing } = ledger;
  await ledger.held(3);
  const standing = async (): Promise<unknown> =>
    (await ledger.read(await ledger.published(events))).figures[0]?.standing;
  expect(await standing()).toBe('provisional');
  await closing.closeFinally(201920);
  expect(await standing()).toBe('final');
  await closing.recorded.add(streamOf('activity', derivedId('test', 'late')), 'EventHeld', {
    offer: 'p0',
    title: 'Late',
    occurred: { from: '2019-06-03', to: '2019-06-03', basis: 'stated' },
    attendees: 1,
  });
  expect(await standing()).toBe('restated');
});

test('an incomplete figure is refused with what to do; as recorded by an earlier position it is complete', async () => {
  const { position } = await ledger.held(3);
  await ledger.poison();
  await expect(ledger.publish(events)).rejects.toThrow('an event could not be applied');
  await expect(ledger.publish(events)).rejects.toThrow('publish then');
  const id = await ledger.published({ ...events, asRecordedBy: position });
  expect((await ledger.read(id)).figures).toMatchObject([{ said: { value: '3' }, agrees: true }]);
});

test('what is no figure is refused, and so is a question that cannot be asked', async () => {
  const { ask } = events;
  await expect(ledger.publish({ ask, parameters: { year: '2019/20' } })).rejects.toThrow(
    'there is no such figure; name the row of the table too, or publish the whole table',
  );
  await expect(ledger.publish({ ask, parameters: { year: '2019/20', measure: 'nothing' } })).rejects.toThrow(
    'there is no such figure',
  );
  await expect(ledger.publish({ ask, parameters: { year: 'last year' } })).rejects.toThrow('2019/20');
  await expect(ledger.publish({ ask: 'explain', parameters: {} })).rejects.toThrow('ask');
  await expect(ledger.publish({ ...events, publication: '' })).rejects.toThrow('must not be empty');
});

test('the same command again adds nothing', async () => {
  await ledger.held(3);
  const first = await ledger.publish(events, 'once');
  const again = await ledger.publish(events, 'once');
  expect([again.replayed, again.records]).toEqual([true, first.records]);
  expect((await (await ledger.queries()).publications({})).total).toBe(1);
});

test('publications are listed from the newest, a page at a time', async () => {
  await ledger.held(1);
  for (const title of ['One', 'Two', 'Three']) await ledger.published({ ...events, publication: title });
  const queries = await ledger.queries();
  const first = await queries.publications({ limit: 2 });
  expect(first.publications.map(({ title }) => title)).toEqual(['Three', 'Two']);
  const rest = await queries.publications({ limit: 2, cursor: first.next ?? '' });
  expect([rest.publications.map(({ title }) => title), rest.next]).toEqual([['One'], null]);
});

test('what changed after a close names the publications that told what was changed', async () => {
  const { records } = await ledger.held(3);
  await ledger.closing.closeFinally(201920);
  const told = await ledger.published({ ...events, publication: 'Annual report' });
  const change = { do: 'withdraw', record: `activity:${records[0]?.id}`, reason: 'did-not-happen' };
  const { recording } = ledger.closing;
  const proposed = await proposeAdjustment(recording, ledger.closing.command({ change, reason: 'other' }));
  const second = derivedId('test-user', 'second');
  await decideOnAdjustment(
    recording,
    proposed.records[0]?.id ?? '',
    'approve',
    ledger.closing.command({}, second),
  );
  const again = await ledger.published({ ...events, publication: 'Mid-year report' });
  const { changes, total } = await (await ledger.queries()).changesAfterClose({ year: 201920 });
  const of = (effect: readonly ChangedFigure[]): unknown =>
    effect.find(({ measure }) => measure === 'events-held')?.toldIn;
  const first = { publication: told, title: 'Annual report', shown: '3' };
  // What was told since, and says what the figure is, is borne on by nothing.
  expect([changes.map(({ effect }) => of(effect)), of(total), again === told]).toEqual([
    [[first]],
    [first],
    false,
  ]);
});
