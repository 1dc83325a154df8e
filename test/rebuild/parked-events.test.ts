import { derivedId, readEvent } from '@ledger/events';
import {
  checkReadModels,
  fingerprint,
  projections,
  rebuildHere,
  seesEverything,
  type LedgerQueries,
  type ReadEvent,
  type ReadModels,
} from '@ledger/projections';
import { MemoryShelf } from '@ledger/read-store';
import {
  activityStream,
  council,
  councilStream,
  FiledReadModels,
  supportContent,
  supportedYear as year,
} from '../running/filed-read-models';

const versions = { figures: 1, documents: 1 } as const;
const viewer = seesEverything;
let ledger: FiledReadModels;
beforeEach(async () => (ledger = await new FiledReadModels().begin()));
afterEach(() => ledger.stop());

async function counted(models: ReadModels): Promise<number | undefined> {
  return (await models.queries.annualTotals({ year })).rows[0]?.value;
}

/** What the stores hold, up to a position. */
async function prints(models: ReadModels, upTo: bigint): Promise<readonly string[]> {
  return Promise.all(projections.map((projection) => fingerprint(models.stores[projection], Number(upTo))));
}

/** What stores hold that never parked anything: made from the first event by code that can do with all of them. */
async function neverParked(read: ReadEvent, upTo: bigint): Promise<readonly string[]> {
  return prints(await ledger.open({ shelf: new MemoryShelf(), readEvent: read }), upTo);
}

/** Code that reads the poison as what it was meant to be. */
const mended: ReadEvent = (stored, position) =>
  stored.type === 'SomethingElse' || stored.schemaVersion > 1 || stored.type === 'ActivityCorrected'
    ? ({ type: 'SupportProvided', data: supportContent('mended') } as never)
    : readEvent(stored, position);

const poisons = [
  ['of an unknown type', 'SomethingElse', 1, {}],
  ['of a newer version', 'SupportProvided', 9, {}],
  [
    'that breaks a rule of the fold',
    'ActivityCorrected',
    1,
    {
      corrects: derivedId('x', 'y'),
      type: 'SupportProvided',
      schemaVersion: 1,
      content: supportContent('mended'),
      reason: 'other',
    },
  ],
] as const;

describe.each(projections)('the %s', (projection) => {
  const other = projection === 'figures' ? 'documents' : 'figures';

  test.each(poisons)(
    'in version n park an event %s with its stream, and in version n + 1 hold what they would if they had never parked it',
    async (_what, type, version, data) => {
      const models = await ledger.open({ versions });
      await ledger.support('one');
      await ledger.raw(activityStream('poison'), type, version, data);
      await ledger.raw(activityStream('poison'), 'ActivityWithdrawn', 1, { reason: 'other' });
      await ledger.raw(activityStream('poison'), 'ActivityReinstated', 1, { reason: 'other' });
      const head = await ledger.support('two');
      await models.whenApplied(head);
      expect((await models.parkedEvents()).filter((parked) => parked.projection === projection)).toEqual([
        expect.objectContaining({ position: 7, stream: activityStream('poison') }),
        expect.objectContaining({ position: 8, reason: 'An earlier event of the stream is parked.' }),
        expect.objectContaining({ position: 9, reason: 'An earlier event of the stream is parked.' }),
      ]);
      await ledger.close(models);

      const fixed = await ledger.open({ versions: { ...versions, [projection]: 2 }, readEvent: mended });
      await fixed.whenRebuilt();
      expect(await fixed.parked()).toEqual({ [projection]: 0, [other]: 3 });
      const at = projections.indexOf(projection);
      expect((await prints(fixed, head))[at]).toBe((await neverParked(mended, head))[at]);
      // What the other lacks, an answer may lack.
      expect(await fixed.queries.annualTotals({ year })).toMatchObject({ incomplete: true, parked: 3 });
    },
  );

  test('park an event whose stored body is damaged, and apply it in its place once its bytes are there again', async () => {
    const poison = await ledger.support('poison');
    const head = await ledger.support('two');
    const bytes = ledger.rewrite(poison, Buffer.from('{"id":"01a2'));
    const models = await ledger.open({ versions });
    expect((await models.parkedEvents()).filter((parked) => parked.projection === projection)).toEqual([
      expect.objectContaining({
        position: Number(poison),
        reason: expect.stringContaining('The stored body is damaged: it is no JSON.') as string,
      }),
    ]);
    ledger.rewrite(poison, bytes);
    expect(await models.rebuild(projection)).toMatchObject({ same: false, parked: 0 });
    const at = projections.indexOf(projection);
    expect((await prints(models, head))[at]).toBe((await neverParked(readEvent, head))[at]);
  });

  test('gone on with after an end in the middle of a rebuild, apply what the draft had parked and a fix can do with', async () => {
    const models = await ledger.open({ versions });
    await ledger.raw(activityStream('poison'), 'SomethingElse', 1, {});
    for (let n = 0; n < 10; n++) await ledger.support(`activity ${n}`);
    const { position } = await ledger.log.head();
    await models.whenApplied(position);
    await ledger.close(models);
    const ended = await ledger.open({
      versions,
      rebuilder: async (order) => {
        await rebuildHere(ledger.log)({ ...order, upTo: 10 });
        throw new Error('ended');
      },
    });
    await expect(ended.rebuild(projection)).rejects.toThrow('ended');
    await ledger.close(ended);
    const fixed = await ledger.open({ versions, readEvent: mended });
    expect(await fixed.rebuild(projection)).toMatchObject({ parked: 0 });
  });
});

describe('given something parked', () => {
  const questions: readonly [string, (queries: LedgerQueries) => Promise<object | undefined>][] = [
    ['annual totals', (queries) => queries.annualTotals({ year })],
    ['a sum', (queries) => queries.sum({ measures: ['supported'], year })],
    ['savings', (queries) => queries.savings({ year })],
    ['quarterly totals', (queries) => queries.quarterlyTotals({ year })],
    ['periods', (queries) => queries.periods()],
    ['adjustments', (queries) => queries.adjustments({ viewer })],
    ['deliverables', (queries) => queries.deliverables({ year })],
    ['take-up', (queries) => queries.takeUp({ viewer, of: { offer: 'o' }, year, by: 'type' })],
    [
      'an explanation',
      (queries) => queries.explain({ viewer, ask: 'annual-total', measure: 'supported', year }),
    ],
    ['records', (queries) => queries.records({ viewer })],
    ['duplicates', (queries) => queries.duplicates({ viewer })],
    ['a record', (queries) => queries.record('activity', derivedId('filed', 'one'), viewer)],
    ['a figure', (queries) => queries.figure('2016-17.test', {})],
    ['what lists stand at', (queries) => queries.standing()],
  ];

  test.each(questions)('%s: the answer says incomplete and how many are parked', async (what, ask) => {
    const models = await ledger.open();
    await ledger.support('one');
    await ledger.raw(`observation-${derivedId('filed', 'figure')}`, 'FigureBroughtForward', 1, figure);
    await ledger.raw(activityStream('poison'), 'SomethingElse', 1, {});
    await models.whenApplied(
      await ledger.raw(activityStream('poison'), 'ActivityWithdrawn', 1, { reason: 'other' }),
    );
    expect([what, await ask(models.queries)]).toEqual([
      what,
      expect.objectContaining({ incomplete: true, parked: 2 }),
    ]);
  });

  test('a record with parked events is shown as it was before them, and its story has nothing of them', async () => {
    const models = await ledger.open();
    await ledger.support('one');
    const unreadable = {
      corrects: derivedId('filed', '6'),
      type: 'SupportProvided',
      schemaVersion: 9,
      content: {},
      reason: 'other',
    };
    await models.whenApplied(await ledger.raw(activityStream('one'), 'ActivityCorrected', 1, unreadable));
    expect((await models.queries.records({ viewer })).records).toMatchObject([{ title: 'one' }]);
    const record = await models.queries.record('activity', derivedId('filed', 'one'), viewer);
    expect([record?.revision, record?.history.length]).toEqual(['0', 1]);
    expect(await models.parked()).toEqual({ figures: 1, documents: 1 });
  });

  test('the check names what is parked, and finds the rest as the log gives it', async () => {
    await ledger.support('one');
    const poison = await ledger.support('poison');
    ledger.rewrite(poison, Buffer.from('null'));
    await ledger.support('two');
    const models = await ledger.open();
    const { findings } = await checkReadModels(ledger.log, models.stores);
    expect(findings.length).toBe(3);
    for (const finding of findings) expect(finding).toMatch(`osition ${poison}`);
  });

  test('a day is still found among damaged events', async () => {
    const last = await ledger.support('one');
    for (const position of [last, last - 2n]) ledger.rewrite(position, Buffer.from('?'));
    expect(await ledger.log.positionAt('2030-01-01T00:00:00.000Z')).toBe(last - 1n);
    expect(await ledger.log.positionAt('2000-01-01T00:00:00.000Z')).toBe(0n);
  });
});

describe('facts of the register and the catalogue', () => {
  const moved = { programme: 'q' };
  const withheld = {
    id: derivedId('filed', 'withheld'),
    type: 'SupportProvided',
    schemaVersion: 9,
    data: {},
  };
  const proposal = {
    part: 1,
    parts: 1,
    writes: [{ stream: activityStream('withheld'), events: [withheld] }],
    reason: 'other',
  };

  test.each([
    ['an offer of a newer version', 'offer-new', 'OfferDeclared', 9, { label: 'New', programme: 'p' }, 2],
    ['an offer that is moved before it is declared', 'offer-new', 'OfferMoved', 1, moved, 1],
    ['an activity in the stream of an offer', 'offer-o', 'SupportProvided', 1, supportContent('one'), 1],
    [
      'a closing that is reopened before it is closed',
      'period-201617',
      'PeriodReopened',
      1,
      { quarter: 1, reason: 'other' },
      1,
    ],
    [
      'a proposal that holds what this release cannot read',
      `adjustment-${derivedId('filed', 'adjustment')}`,
      'AdjustmentProposed',
      1,
      proposal,
      1,
    ],
    [
      'a correction that holds what this release cannot read',
      councilStream,
      'BodyFactCorrected',
      1,
      {
        corrects: derivedId('filed', '5'),
        type: 'BodyRegistered',
        schemaVersion: 9,
        content: {},
        source: 'test',
      },
      1,
    ],
    [
      'a correction of a fact that there is not',
      councilStream,
      'BodyFactCorrected',
      1,
      {
        corrects: derivedId('filed', 'nothing'),
        type: 'ControlRecorded',
        schemaVersion: 1,
        content: { control: 'Labour', from: '2016-05-05', source: 'test' },
        source: 'test',
      },
      1,
    ],
    [
      'a withdrawal of a fact that there is not',
      councilStream,
      'BodyFactWithdrawn',
      1,
      { event: derivedId('filed', 'nothing'), source: 'test' },
      1,
    ],
  ])(
    '%s is parked with its stream, and questions are answered from the others',
    async (_what, stream, type, version, data, inProjections) => {
      const models = await ledger.open();
      const poison = await ledger.raw(stream, type, version, data);
      await models.whenApplied(await ledger.support('one'));
      const parked = await models.parkedEvents();
      expect(parked.map(({ position }) => position)).toEqual(
        Array.from({ length: inProjections }, () => Number(poison)),
      );
      expect(parked.at(-1)).toMatchObject({ projection: 'documents', stream });
      const answer = await models.queries.takeUp({ viewer, of: { offer: 'o' }, year, by: 'type' });
      expect(answer).toMatchObject({ incomplete: true, parked: 1, total: { numerator: 1, base: 1 } });
      expect((await models.queries.councils({ on: '2017-03-31' })).map(({ id }) => id)).toEqual([council]);
    },
  );

  test('after a fix as a new version of the documents, they are as if never parked', async () => {
    const models = await ledger.open({ versions });
    await ledger.raw(councilStream, 'BodyRenamed', 9, {});
    const later = { control: 'Labour', from: '2016-05-05', source: 'test' };
    const head = await ledger.raw(councilStream, 'ControlRecorded', 1, later);
    await models.whenApplied(head);
    const controlOf = async ({ queries }: ReadModels): Promise<unknown> =>
      (await queries.councils({ on: '2017-03-31' }))[0]?.control;
    expect([await controlOf(models), await models.parked()]).toEqual([
      'unknown',
      { figures: 2, documents: 2 },
    ]);
    await ledger.close(models);
    const renamed: ReadEvent = (stored, position) =>
      stored.schemaVersion === 9
        ? { type: 'BodyRenamed', data: { name: 'Council b', from: '2016-01-01', source: 'test' } }
        : readEvent(stored, position);
    const fixed = await ledger.open({ versions: { figures: 2, documents: 2 }, readEvent: renamed });
    await fixed.whenRebuilt();
    expect([await controlOf(fixed), await fixed.parked()]).toEqual(['Labour', { figures: 0, documents: 0 }]);
    expect(await prints(fixed, head)).toEqual(await neverParked(renamed, head));
  });
});

const figure = {
  figure: '2016-17.test',
  theme: 'Theme',
  programme: 'Test',
  measure: 'supported',
  financialYear: year,
  value: '1',
  unit: 'count',
  qualifier: 'exact',
  kind: 'flow',
  document: 'A report',
};

test('questions on a ledger with nothing parked say so', async () => {
  const models = await ledger.open();
  await models.whenApplied(await ledger.support('one'));
  expect(await counted(models)).toBe(1);
  expect(await models.queries.annualTotals({ year })).toMatchObject({ incomplete: false, parked: 0 });
});
