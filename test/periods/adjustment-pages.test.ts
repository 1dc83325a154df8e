import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';

/* A change to closed time by pages alone, without a script: one person proposes it, another approves it. */

let ledger: RunningLedger;
let editor: FormVisitor;
let finance: FormVisitor;
const day = '2024-06-03';
const data = {
  offer: 'cyber-security',
  title: 'Review of backups',
  occurred: { from: day, to: day, basis: 'stated' },
  bodies: [{ body: 'Watford', role: 'recipient' }],
};

async function visitorAs(user: string): Promise<FormVisitor> {
  const visitor = new FormVisitor(ledger.url);
  await visitor.send('/visitor', { visitor: user });
  return visitor;
}

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  editor = await visitorAs('programme-editor');
  finance = await visitorAs('finance-verifier');
}, 60_000);
afterAll(() => ledger.stop());

async function supported(): Promise<unknown> {
  const { body } = await ledger.get('/api/annual-totals?year=2024/25');
  return (body['rows'] as readonly { measure: string; value: number }[]).find(
    ({ measure }) => measure === 'support-activities',
  )?.value;
}

test('a withdrawal, a correction and a late record are proposed on their forms and approved by somebody else', async () => {
  const { body } = await ledger.post('/api/records', { records: [{ type: 'SupportProvided', data }] });
  const id = (body['records'] as readonly { id: string }[])[0]?.id ?? '';
  for (const level of ['provisional', 'final'])
    expect((await finance.send('/periods/202425/close', { level })).status).toBe(200);

  const page = `/records/activity/${id}/withdraw`;
  const refused = await editor.send(page, { reason: 'did-not-happen' });
  expect([refused.status, refused.html]).toEqual([422, expect.stringContaining('Propose as an adjustment')]);
  const proposed = await editor.send(page, { reason: 'did-not-happen', step: 'propose' });
  expect(proposed.status).toBe(200);
  expect(proposed.at).toMatch(/^\/adjustments\/[0-9a-f-]{36}\?after=/);
  expect(unescaped(proposed.html)).toContain('Review of backups');
  expect(proposed.html).not.toContain('Approve and record');
  expect(await supported()).toBe(1);

  const [adjustment = ''] = proposed.at.split('?');
  const approved = await finance.send(
    adjustment,
    { decision: 'approve', note: 'Checked' },
    `${adjustment}/decision`,
  );
  expect([approved.status, unescaped(approved.html)]).toEqual([200, expect.stringContaining('Checked')]);
  expect(await supported()).toBe(0);

  const typed = {
    offer: 'cyber-security',
    title: 'Late review',
    occurred: day,
    'bodies-0-body': 'Watford',
    'bodies-0-role': 'recipient',
  };
  const late = await editor.send('/record/SupportProvided', { ...typed, step: 'continue' });
  expect([late.status, late.html]).toEqual([422, expect.stringContaining('Propose as an adjustment')]);
  const asked = { ...typed, reason: 'late-information', step: 'propose' };
  const lateProposed = await editor.send('/record/SupportProvided', asked);
  const [lateAdjustment = ''] = lateProposed.at.split('?');
  await finance.send(lateAdjustment, { decision: 'approve' }, `${lateAdjustment}/decision`);
  expect(await supported()).toBe(1);

  const [record] = (await ledger.get('/api/records?search=late')).body['records'] as readonly {
    id: string;
  }[];
  const correction = `/records/activity/${record?.id}/correct`;
  const corrected = { ...typed, title: 'Review, late', reason: 'typing-error' };
  const proposal = await editor.send(correction, { ...corrected, step: 'propose' });
  expect(unescaped(proposal.html)).toContain('Late review → Review, late');
  const list = await finance.get('/adjustments');
  expect(list.html.match(/<td class="govuk-table__cell">(proposed|approved)/g)).toHaveLength(3);
});

test('pages, files and answers say that a figure was restated, and what it was when the year was closed', async () => {
  const records = [{ type: 'SupportProvided', data: { ...data, title: 'One more' } }];
  const change = { change: { do: 'record', records }, reason: 'late-information' };
  const { body: proposed } = await ledger.post('/api/adjustments', change, {
    'Ledger-User': 'programme-editor',
  });
  const [adjustment] = proposed['records'] as readonly { id: string }[];
  const approval = `/api/adjustments/${adjustment?.id}/approval`;
  expect((await ledger.post(approval, {}, { 'Ledger-User': 'finance-verifier' })).status).toBe(201);

  const { html } = await finance.get('/annual-totals?year=2024/25');
  expect(html).toContain('<abbr title="restated">[r]</abbr>');
  const csv = await (await fetch(new URL('/api/annual-totals?year=2024/25&format=csv', ledger.url))).text();
  const [columns = '', ...lines] = csv.split(/\r?\n/);
  const at = (name: string): number => columns.split(',').indexOf(name);
  const restated = lines.find((line) => line.startsWith('support-activities,'))?.split(',');
  expect([restated?.[at('status')], restated?.[at('final_value')]]).toEqual(['restated', '1']);
  const cells = lines.find((line) => line.startsWith('peer-challenges,'))?.split(',');
  expect(cells?.[at('status')]).toBe('final');
  const { body } = await ledger.get('/api/explain?ask=annual-total&measure=support-activities&year=2023/24');
  expect(body['standing']).toEqual({ status: 'provisional', closedAt: null, final: null });
});

test('changes after close are a page and a file', async () => {
  const page = await finance.get('/periods/202425/changes');
  expect([page.status, unescaped(page.html)]).toEqual([
    200,
    expect.stringContaining('Other support activities'),
  ]);
  expect(page.html.match(/<a class="govuk-link" href="\/adjustments\//g)).toHaveLength(3);
  const address = new URL('/api/periods/2024-25/changes?format=csv', ledger.url);
  const csv = await (await fetch(address)).text();
  expect(csv).toMatch(/^2024\/25,,,\d+,\d+,[^,]+,adjustment,.*Other support activities,activity,0,1,1,/m);
  expect((await finance.get('/periods/202324/changes')).status).toBe(400);
});

test('one person with every role does not approve what he or she proposed', async () => {
  const visitor = await visitorAs('everyone');
  const [record] = (await ledger.get('/api/records?search=review')).body['records'] as readonly {
    id: string;
  }[];
  const page = `/records/activity/${record?.id}/withdraw`;
  const { at } = await visitor.send(page, { reason: 'duplicate', step: 'propose' });
  const [adjustment = ''] = at.split('?');
  const own = await visitor.send(adjustment, { decision: 'approve' }, `${adjustment}/decision`);
  expect([own.status, own.html]).toEqual([422, expect.stringContaining('somebody else approves it')]);
});

test('somebody who may not read a record sees of its adjustment that there is one, and no more', async () => {
  const { body } = await ledger.get('/api/adjustments');
  const [newest] = body['adjustments'] as readonly { id: string; recordCount: number }[];
  const other = await visitorAs('peer-challenge-editor');
  const { html } = await other.get(`/adjustments/${newest?.id}`);
  expect(html).toContain('1 more that you may not read');
  expect(html).not.toContain('eview');
});
