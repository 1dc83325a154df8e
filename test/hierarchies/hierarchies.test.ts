import { derivedId, HierarchyLevel } from '@ledger/events';
import { csv, importFile } from '../imports/file-imports';
import { RunningLedger } from '../running/running-ledger';
import { makeTree, type Node } from './tree';

/*
 * A hierarchy of activities counts at exactly one declared level (A12): a tree of 1,000 activities is recorded for each level
 * that could be counted, and every figure is that of the activities of this level alone.
 */

const levels = HierarchyLevel.options;
const year = '2025/26';
let ledger: RunningLedger;
/** The last position that was recorded: figures are asked for with everything up to it. */
let recorded: unknown;

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  for (const level of levels) await declare(`by-${level}`, level);
}, 60_000);
afterAll(() => ledger.stop());

/** What is counted of each offer, and how. */
const measures = {
  support: { unit: 'activity', rule: 'count-things/1', kinds: ['activity'], events: ['SupportProvided'] },
  events: { unit: 'activity', rule: 'count-things/1', kinds: ['activity'], events: ['EventHeld'] },
  attendees: { unit: 'attendance', rule: 'sum/1', kinds: ['attendees'] },
  grants: { unit: 'GBP', rule: 'sum/1', kinds: ['grant'] },
  councils: { unit: 'organisation', rule: 'distinct-bodies/1', kinds: ['support'] },
} as const;

async function declare(id: string, countedLevel: HierarchyLevel): Promise<void> {
  const label = `Support counted by the ${countedLevel}`;
  const entries: unknown[] = [
    { id, type: 'OfferDeclared', data: { label, programme: 'productivity', countedLevel } },
    ...Object.entries(measures).map(([name, { unit, rule, ...parameters }]) => ({
      id: `${name}-${id}`,
      type: 'MeasureDeclared',
      data: { label, unit, kind: 'flow', rule, parameters: { ...parameters, offers: [id] } },
    })),
  ];
  for (const entry of entries) expect((await ledger.post('/api/catalogue', entry)).status).toBe(201);
}

async function record(...records: readonly unknown[]): ReturnType<RunningLedger['post']> {
  const answer = await ledger.post('/api/records', { records });
  recorded = answer.body['position'] ?? recorded;
  return answer;
}

function support(offer: string, more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return {
    type: 'SupportProvided',
    data: {
      offer,
      title: 'A piece of work',
      occurred: { from: '2025-06-02', to: '2025-06-02', basis: 'stated' },
      bodies: [{ body: 'Watford', role: 'recipient' }],
      ...more,
    },
  };
}

/** The first thing that is said to be wrong. */
function faultOf({ body }: { readonly body: Readonly<Record<string, unknown>> }): unknown {
  // A refusal lists its faults.
  const [first] = (body['errors'] ?? []) as readonly { readonly code: string; readonly path: string }[];
  return first && [first.code, first.path];
}

async function figure(of: keyof typeof measures, offer: string): Promise<number> {
  const asked = new URLSearchParams({ year, after: String(recorded) });
  const { body } = await ledger.get(`/api/annual-totals?${asked.toString()}`);
  // As the API describes this answer.
  const rows = body['rows'] as readonly { readonly measure: string; readonly value: number }[];
  return rows.find(({ measure }) => measure === `${of}-${offer}`)?.value ?? NaN;
}

const sum = (nodes: readonly Node[], of: (node: Node) => number): number =>
  nodes.reduce((total, node) => total + of(node), 0);

test.each(levels)(
  'of a tree of 1,000 activities exactly those count that are a %s',
  async (level) => {
    const offer = `by-${level}`;
    const tree = makeTree(1000, levels.indexOf(level) + 1);
    const answer = await record(...tree.map((node) => node.record(offer)));
    expect([answer.status, tree.length]).toEqual([201, 1000]);
    const counted = tree.filter((node) => node.level === level);
    const ofType = (type: string): Node[] => counted.filter((node) => node.type === type);
    expect(await figure('support', offer)).toBe(ofType('SupportProvided').length);
    expect(await figure('events', offer)).toBe(ofType('EventHeld').length);
    expect(await figure('attendees', offer)).toBe(sum(counted, ({ attendees }) => attendees));
    expect(await figure('grants', offer)).toBe(sum(counted, ({ pence }) => pence) / 100);
    const bodies = new Set(counted.flatMap((node) => node.councils));
    expect(await figure('councils', offer)).toBe(bodies.size);
    // Each is there to be read, those that do not count as well.
    const { body } = await ledger.get(`/api/records?kind=activity&offer=${offer}&limit=1`);
    expect(body['total']).toBe(1000);
  },
  120_000,
);

test('which level counts is said on the record, whoever records it', async () => {
  const id = derivedId('hierarchy', 'stated');
  expect((await record({ ...support('by-session', { level: 'project' }), id })).status).toBe(201);
  const { body } = await ledger.get(`/api/records/activity/${id}`);
  expect(body).toMatchObject({
    record: { level: 'project' },
    contents: [{ data: { level: 'project', countedLevel: 'session' } }],
  });
});

test('a part is of a lower level than its whole, of the same offer, and of one that stands', async () => {
  const [project, other, gone] = ['project', 'other', 'gone'].map((name) => derivedId('hierarchy', name));
  const wholes = [
    { ...support('by-session', { level: 'project', title: 'Whole' }), id: project },
    { ...support('by-project', { level: 'project', title: 'Of another offer' }), id: other },
    { ...support('by-session', { level: 'project', title: 'Withdrawn' }), id: gone },
  ];
  expect((await record(...wholes)).status).toBe(201);
  const withdrawn = await ledger.post(`/api/records/activity/${gone}/withdrawals`, {
    reason: 'did-not-happen',
  });
  expect(withdrawn.status).toBe(201);
  const part = (partOf: string | undefined, level: HierarchyLevel): unknown =>
    support('by-session', { partOf, level, title: 'Part' });
  for (const [whole, level] of [
    [project, 'project'],
    [project, 'programme'],
    [other, 'session'],
    [gone, 'session'],
    [derivedId('hierarchy', 'not there'), 'session'],
  ] as const)
    expect(faultOf(await record(part(whole, level)))).toEqual(['part-of-whole', 'records[0].data.partOf']);
  expect((await record(part(project, 'session'))).status).toBe(201);
});

test('a record keeps its level and its offer, since parts of it may be recorded; what is its whole may be corrected', async () => {
  const [programme, project, session] = levels.map((name) => derivedId('hierarchy', `kept ${name}`));
  const content = support('by-session', { level: 'session', title: 'Kept session', partOf: project });
  const answer = await record(
    { ...support('by-session', { level: 'programme', title: 'Kept programme' }), id: programme },
    { ...support('by-session', { level: 'project', title: 'Kept project', partOf: programme }), id: project },
    { ...content, id: session },
  );
  expect(answer.status).toBe(201);
  const correct = async (more: Readonly<Record<string, unknown>>): ReturnType<RunningLedger['post']> =>
    ledger.post(`/api/records/activity/${session}/corrections`, {
      ...content,
      data: { ...(content['data'] as object), ...more },
      reason: 'typing-error',
    });
  expect(faultOf(await correct({ level: 'project', partOf: programme }))).toEqual([
    'level-never-changes',
    'data.level',
  ]);
  expect(faultOf(await correct({ offer: 'by-project', partOf: undefined }))).toContain('level-never-changes');
  expect((await correct({ partOf: programme })).status).toBe(201);
  const merged = await ledger.post('/api/merges', {
    merged: session,
    survivor: project,
    reason: 'duplicate',
  });
  expect(faultOf(merged)).toEqual(['same-level', 'merged']);
});

test('a whole and its parts come in one file, parts naming their whole as their team does', async () => {
  const columns = ['reference', 'title', 'level', 'partOf', 'occurred', 'bodies.recipient'].map((field) => ({
    heading: `Our ${field}`,
    field,
  }));
  const mapping = {
    name: 'levels',
    label: 'Levels',
    type: 'SupportProvided',
    columns,
    fixed: [{ field: 'offer', value: 'by-session' }],
  };
  expect((await ledger.post('/api/mappings', mapping)).status).toBe(201);
  const before = await figure('support', 'by-session');
  const file = csv([
    columns.map(({ heading }) => heading),
    ['P1', 'Tracked programme', 'programme', '', '2 June 2025', 'Watford'],
    ['P1/a', 'Tracked project', 'project', 'P1', '3 June 2025', 'Watford'],
    ['P1/a/1', 'First session', 'session', 'P1/a', '4 June 2025', 'Watford'],
    ['P1/a/2', 'Second session', 'session', 'P1/a', '5 June 2025', 'Elmbridge'],
  ]);
  const astray = file.replace('"session","P1/a"', '"session","P1/b"');
  const refused = await importFile(ledger, astray, 'levels');
  expect(
    refused.sheets[0]?.rows.flatMap(({ row, faults }) =>
      faults.map(({ code, column }) => [row, code, column]),
    ),
  ).toEqual([[4, 'part-of-whole', 'D']]);
  const tried = await importFile(ledger, file, 'levels', { dryRun: 'true' });
  const done = await importFile(ledger, file, 'levels');
  expect([done.recorded, done.totals, done.duplicates]).toEqual([true, tried.totals, []]);
  recorded = done.position;
  expect(await figure('support', 'by-session')).toBe(before + 2);
  expect((await importFile(ledger, file, 'levels')).totals).toMatchObject({ unchanged: 4 });
});
