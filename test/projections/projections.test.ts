import { seesEverything } from '@ledger/projections';
import { derivedId, streamOf } from '@ledger/events';
import { ReadStores } from '../running/read-stores';
import { RecordedLedger } from '../running/recorded-ledger';

const year = 201617;
const body = (name: string): string => derivedId('test-body', name);
const stores = new ReadStores();
let ledger: RecordedLedger;
beforeEach(async () => {
  ledger = await new RecordedLedger(undefined, await stores.open()).start();
  await ledger.add('theme-t', 'ThemeDeclared', { label: 'Theme' });
  await ledger.add('programme-p', 'ProgrammeDeclared', { label: 'Programme', theme: 't' });
  await ledger.add('programme-q', 'ProgrammeDeclared', { label: 'Other programme', theme: 't' });
  await ledger.add('offer-o', 'OfferDeclared', { label: 'Offer', programme: 'p' });
  await ledger.add('measure-supported', 'MeasureDeclared', {
    label: 'Councils supported',
    unit: 'organisation',
    kind: 'flow',
    rule: 'distinct-bodies/1',
    parameters: { kinds: ['support'], roles: ['recipient'] },
  });
  for (const name of ['a', 'b', 'c'])
    await ledger.add(streamOf('body', body(name)), 'BodyRegistered', {
      kind: 'council',
      name: `Council ${name}`,
      type: 'district',
      region: 'London',
      codes: [],
      from: '1974-04-01',
      source: 'test',
    });
});
afterEach(async () => {
  await ledger.stop();
  await stores.close();
});

async function supported(position?: bigint): Promise<number | undefined> {
  const at = position === undefined ? {} : { position };
  return (await ledger.queries.annualTotals({ year, at })).rows[0]?.value;
}

test('given support, when it is corrected, withdrawn and reinstated, then every position has its own answer', async () => {
  const id = await ledger.support('first', '2016-06-01', body('a'));
  await ledger.support('second', '2016-06-02', body('b'));
  const stream = streamOf('activity', id);
  const first = (await ledger.queries.record('activity', id, seesEverything))?.contents[0]?.event ?? '';
  const before = ledger.follower.applied;
  const content = {
    offer: 'o',
    occurred: { from: '2016-06-01', to: '2016-06-01', basis: 'stated' },
    bodies: [{ body: body('b'), role: 'recipient' }],
  };
  await ledger.add(stream, 'ActivityCorrected', {
    corrects: first,
    type: 'SupportProvided',
    schemaVersion: 1,
    content,
    reason: 'wrong-body',
  });
  expect(await supported()).toBe(1);
  await ledger.add(stream, 'ActivityWithdrawn', { reason: 'duplicate' });
  await ledger.add(stream, 'ActivityReinstated', { reason: 'other' });
  expect(await supported()).toBe(1);
  expect(await supported(before)).toBe(2);
});

describe('an event that cannot be applied', () => {
  const stream = streamOf('activity', derivedId('test', 'poison'));

  test.each([
    ['of a type this release does not know', 'SomethingElse', 1, {}, 'does not know the type'],
    ['of a newer version', 'SupportProvided', 9, {}, 'knows versions up to 1'],
    ['that does not fit its type', 'SupportProvided', 1, { offer: 7 }, 'cannot be read: data'],
    [
      'that breaks the fold',
      'ActivityCorrected',
      1,
      {
        corrects: derivedId('x', 'y'),
        type: 'SupportProvided',
        schemaVersion: 1,
        content: {},
        reason: 'other',
      },
      'is no content of',
    ],
  ])(
    '%s is parked with its stream; others go on, and answers say incomplete',
    async (_what, type, version, data, reason) => {
      const before = ledger.follower.applied;
      await ledger.raw(stream, type, version, data);
      await ledger.support('later', '2016-06-01', body('a'));
      await ledger.raw(stream, 'ActivityWithdrawn', 1, { reason: 'other' });
      const totals = await ledger.queries.annualTotals({ year });
      expect(totals).toMatchObject({ incomplete: true, parked: 2 });
      expect(totals.rows[0]?.value).toBe(1);
      expect((await ledger.store.parked(1e9))[0]?.reason).toContain(reason);
      expect(await ledger.queries.annualTotals({ year, at: { position: before } })).toMatchObject({
        incomplete: false,
        parked: 0,
      });
    },
  );
});

test('a moved offer needs no rebuild: take-up of its programme follows as recorded by', async () => {
  await ledger.support('one', '2016-06-01', body('a'));
  const before = ledger.follower.applied;
  await ledger.add('offer-o', 'OfferMoved', { programme: 'q' });
  const share = async (programme: string, position?: bigint): Promise<number | null> =>
    (
      await ledger.queries.takeUp({
        viewer: seesEverything,
        of: { programme },
        year,
        by: 'type',
        ...(position !== undefined && { at: { position } }),
      })
    ).total.numerator;
  expect([await share('p'), await share('q')]).toEqual([0, 1]);
  expect([await share('p', before), await share('q', before)]).toEqual([1, 0]);
});

test('a measure declared anew counts by its new rule from then on, and by its old one before', async () => {
  await ledger.support('one', '2016-06-01', body('a'));
  await ledger.support('two', '2016-07-01', body('a'));
  const before = ledger.follower.applied;
  await ledger.add('measure-supported', 'MeasureDeclared', {
    label: 'Times supported',
    unit: 'organisation',
    kind: 'flow',
    rule: 'sum/1',
    parameters: { kinds: ['support'], roles: ['recipient'] },
  });
  expect([await supported(before), await supported()]).toEqual([1, 2]);
});

test('what is dated too widely to be known to lie in the year is left out and said', async () => {
  await ledger.add(streamOf('activity', derivedId('test', 'wide')), 'SupportProvided', {
    offer: 'o',
    occurred: { from: '2017-03-01', to: '2017-04-30', basis: 'stated' },
    bodies: [{ body: body('a'), role: 'recipient' }],
  });
  const [row] = (await ledger.queries.annualTotals({ year })).rows;
  expect(row).toMatchObject({ value: 0, leftOut: [{ count: 1 }] });
});

describe('lists', () => {
  const titles = (page: { readonly records: readonly { readonly title: string }[] }): string[] =>
    page.records.map(({ title }) => title);

  test('page by a stable cursor: what is recorded or corrected meanwhile comes neither twice nor goes missing', async () => {
    for (let n = 0; n < 7; n++) await ledger.support(`record ${n}`, '2016-06-01', body('a'));
    const first = await ledger.queries.records({ viewer: seesEverything, limit: 3 });
    const [newest] = first.records;
    await ledger.add(streamOf('activity', newest?.id ?? ''), 'ActivityWithdrawn', { reason: 'duplicate' });
    await ledger.support('recorded meanwhile', '2016-06-01', body('a'));
    const second = await ledger.queries.records({
      viewer: seesEverything,
      limit: 3,
      cursor: first.next ?? '',
    });
    const third = await ledger.queries.records({
      viewer: seesEverything,
      limit: 3,
      cursor: second.next ?? '',
    });
    expect([...titles(first), ...titles(second), ...titles(third)]).toEqual(
      [6, 5, 4, 3, 2, 1, 0].map((n) => `record ${n}`),
    );
    expect(third.next).toBeNull();
  });

  test('find by words, whatever their case and accents, by body, offer and year, as recorded by', async () => {
    await ledger.support('Café review', '2016-06-01', body('a'));
    const before = ledger.follower.applied;
    await ledger.support('Cafe opening', '2017-06-01', body('b'));
    expect(titles(await ledger.queries.records({ viewer: seesEverything, search: 'CAFE' }))).toEqual([
      'Cafe opening',
      'Café review',
    ]);
    expect(titles(await ledger.queries.records({ viewer: seesEverything, search: 'cafe', year }))).toEqual([
      'Café review',
    ]);
    expect(
      titles(await ledger.queries.records({ viewer: seesEverything, body: body('b'), offer: 'o' })),
    ).toEqual(['Cafe opening']);
    expect((await ledger.queries.records({ viewer: seesEverything, at: { position: before } })).total).toBe(
      1,
    );
  });
});

test('an explanation pages at one position and leads to each event', async () => {
  for (let n = 0; n < 5; n++) await ledger.support(`record ${n}`, '2016-06-01', body('abc'.charAt(n % 3)));
  const question = { ask: 'annual-total', measure: 'supported', year } as const;
  const first = await ledger.queries.explain({ viewer: seesEverything, ...question, limit: 3 });
  await ledger.support('meanwhile', '2016-06-01', body('a'));
  const second = await ledger.queries.explain({
    viewer: seesEverything,
    ...question,
    limit: 3,
    cursor: first.next ?? '',
  });
  expect([first.lineCount, first.lines.length, second.lines.length, second.next]).toEqual([5, 3, 2, null]);
  expect(second.position).toBe(first.position);
  expect(new Set([...first.lines, ...second.lines].map(({ event }) => event)).size).toBe(5);
});

test('as recorded by a London date means what was recorded before its midnight', async () => {
  let now = Date.parse('2017-06-30T22:59:59Z');
  const dated = await new RecordedLedger(() => now).start();
  await dated.add('theme-t', 'ThemeDeclared', { label: 'Theme' });
  now = Date.parse('2017-06-30T23:00:00Z');
  await dated.add('theme-u', 'ThemeDeclared', { label: 'Theme of the next London day' });
  expect((await dated.queries.annualTotals({ year, at: { date: '2017-06-30' } })).position).toBe('1');
  expect((await dated.queries.annualTotals({ year, at: { date: '2017-07-01' } })).position).toBe('2');
  await dated.stop();
});
