import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contentRuleIds, warningRuleIds } from '@ledger/domain';
import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';
import { csv, importFile } from '../imports/file-imports';
import { asInSpreadsheet } from './as-in-spreadsheet';
import { agreement, asTyped, brokenRules, levelledOffer } from './broken-rules';

/*
 * The same rules, whichever way a record comes in (A4): each rule is broken by the API, an import, the command and
 * the form, and says the same sentence everywhere.
 */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let ledger: RunningLedger;
let folder: string;

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  folder = mkdtempSync(join(tmpdir(), 'rules-'));
  await ledger.post('/api/records', { records: [agreement] });
  await ledger.post('/api/catalogue', levelledOffer);
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(folder, { recursive: true });
});

interface Said {
  readonly code: string;
  readonly message: string;
}

function errorsOf(problem: unknown): readonly Said[] {
  // A refusal lists its faults.
  return (problem as { errors: readonly Said[] }).errors.map(({ code, message }) => ({ code, message }));
}

async function byCommand(item: unknown): Promise<readonly Said[]> {
  const file = join(folder, 'item.ndjson');
  writeFileSync(file, `${JSON.stringify(item)}\n`);
  const environment = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, [bin, 'record', file, '--json'], { env: environment }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  return errorsOf((JSON.parse(out) as { error: unknown }).error);
}

test('the table breaks every rule there is', () => {
  // What a whole must be is no rule about one record alone, and is looked up for each.
  const rules = new Set([...contentRuleIds, 'part-of-whole']);
  expect(new Set(brokenRules.map(({ rule }) => rule))).toEqual(rules);
});

test.each(brokenRules.map((broken) => [broken.rule, broken] as const))(
  '%s fires by API, import, command and form alike',
  async (rule, { type, data, id }) => {
    const before = await ledger.head();
    const item = { type, data, ...(id !== undefined && { id }) };
    const byApi = errorsOf((await ledger.post('/api/records', { records: [item] })).body);
    expect(byApi.map(({ code }) => code)).toContain(rule);
    expect(
      errorsOf((await ledger.post('/api/imports', { label: 'An import', records: [item] })).body),
    ).toEqual(byApi);
    expect(await byCommand(item)).toEqual(byApi);

    const visitor = new FormVisitor(ledger.url);
    const { status, html } = await visitor.send(
      `/record/${type}${id === undefined ? '' : `?record=${id}`}`,
      { ...asTyped(data), step: 'continue' },
      `/record/${type}`,
    );
    const page = unescaped(html);
    expect(status).toBe(422);
    for (const { message } of byApi) expect(page).toContain(message);
    // A warning asks for a comment, an error does not.
    expect(page.includes('id="comment"')).toBe(warningRuleIds.has(rule));
    expect(await ledger.head()).toBe(before);
  },
  30_000,
);

/** A rating of a deliverable is given on the page of that deliverable; no file brings one in. */
const inFiles = brokenRules.filter(({ type }) => type !== 'DeliverableRated');

test.each(inFiles.map((broken) => [broken.rule, broken] as const))(
  '%s fires by spreadsheet, recorded or proposed, as by API',
  async (rule, { type, data }) => {
    const { columns, row } = asInSpreadsheet(data);
    const name = `rule-${rule}`;
    const mapping = { name, label: `Breaks ${rule}`, type, columns, fixed: [] };
    expect((await ledger.post('/api/mappings', mapping)).status).toBe(201);
    const before = await ledger.head();
    const byApi = errorsOf((await ledger.post('/api/records', { records: [{ type, data }] })).body);

    const file = csv([columns.map(({ heading }) => heading), row]);
    const tried = await importFile(ledger, file, name, { dryRun: 'true' });
    const done = await importFile(ledger, file, name);
    expect([done.status, done.sheets, done.totals]).toEqual([422, tried.sheets, tried.totals]);
    const proposed = await importFile(ledger, file, name, { propose: 'other' });
    expect([proposed.status, proposed.sheets, proposed.totals]).toEqual([422, tried.sheets, tried.totals]);
    const said = (done.sheets[0]?.rows[0]?.faults ?? []) as readonly (Said & {
      readonly column: string | null;
    })[];
    expect(said.map(({ code, message }) => ({ code, message }))).toEqual(byApi);
    expect(await ledger.head()).toBe(before);
  },
);

test('a warning is accepted with a comment by the form as by the API', async () => {
  const broken = brokenRules.find(({ rule }) => rule === 'long-ago');
  const fields = { ...asTyped(broken?.data ?? {}), comment: 'A late report', step: 'continue' };
  const visitor = new FormVisitor(ledger.url);
  const checked = await visitor.send('/record/SupportProvided', fields);
  expect(checked.status).toBe(200);
  expect(unescaped(checked.html)).toContain('A late report');
});
