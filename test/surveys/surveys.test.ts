import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FormVisitor, unescaped } from '../live/browserless';
import { RunningLedger } from '../running/running-ledger';

/* Results of surveys (A18): with what they are of, and never a percentage that is of nobody. */

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let ledger: RunningLedger;
let folder: string;

beforeAll(async () => {
  ledger = await RunningLedger.start(false);
  folder = mkdtempSync(join(tmpdir(), 'surveys-'));
}, 60_000);
afterAll(async () => {
  await ledger.stop();
  rmSync(folder, { recursive: true });
});

const asked = {
  offer: 'leadership-academy',
  question: 'Was the course of use?',
  scale: '1 not at all to 5 very much',
  answer: '4 or 5',
};
const data = {
  ...asked,
  occurred: { from: '2025-04-01', to: '2025-06-30', basis: 'stated' },
  resultIn: 'percent',
  result: '92',
  base: 25,
  responses: 26,
  invited: 40,
};

async function importedCsv(text: string): Promise<unknown> {
  const file = join(folder, 'survey.csv');
  writeFileSync(file, text);
  const environment = { ...process.env, LEDGER_DATA: join(ledger.folder, 'ledger') };
  const out = await new Promise<string>((resolve) => {
    execFile(process.execPath, [bin, 'import', file, '--json'], { env: environment }, (_error, stdout) =>
      resolve(stdout),
    );
  });
  return JSON.parse(out);
}

test('a result of a survey is recorded by API, form and CSV alike, and is found and read with its base', async () => {
  const byApi = await ledger.post('/api/records', { records: [{ type: 'SurveyResultRecorded', data }] });
  expect(byApi.status).toBe(201);

  const byForm = await new FormVisitor(ledger.url).send('/record/SurveyResultRecorded', {
    ...asked,
    occurred: '1 April 2025 to 30 June 2025',
    resultIn: 'percent',
    result: '92',
    base: '25',
    responses: '26',
    invited: '40',
    step: 'record',
  });
  const page = unescaped(byForm.html);
  expect(byForm.at).toMatch(/^\/records\/observation\//);
  expect(page).toContain('Was the course of use?');
  expect(page).toContain('Base');
  expect(page).toContain('Answers to surveys (people may have answered several)');

  const columns =
    'type,offer,from,to,question,scale,answer,resultIn,result,base,responses,invited,asPublished';
  const row = `SurveyResultRecorded,${asked.offer},2025-04-01,2025-06-30,${asked.question},${asked.scale},${asked.answer},percent`;
  await importedCsv(`${columns}\n${row},92,25,26,40,\n${row},48,36,36,,yes\n`);

  const { body } = await ledger.get('/api/records?kind=observation&search=course');
  const found = body['records'] as readonly { id: string; title: string; from: string; to: string }[];
  expect(found).toHaveLength(4);
  expect(new Set(found.map(({ title, from, to }) => `${title} ${from} ${to}`))).toEqual(
    new Set(['Was the course of use? 2025-04-01 2025-06-30']),
  );
  const read = await Promise.all(
    found.map(async ({ id }) => {
      const answer = await ledger.get(`/api/records/observation/${id}`);
      return (answer.body['contents'] as readonly { data: unknown }[])[0]?.data;
    }),
  );
  expect(read).toEqual([
    { ...data, invited: undefined, result: '48', base: 36, responses: 36, asPublished: true },
    data,
    data,
    data,
  ]);
});

test('a CSV of surveys with a percentage that nobody can give is refused with the nearest two', async () => {
  const answer = await importedCsv(
    'type,from,to,question,scale,resultIn,result,base,responses\n' +
      'SurveyResultRecorded,2025-04-01,2025-06-30,Of use?,yes or no,percent,48,36,36\n',
  );
  expect(JSON.stringify(answer)).toContain('17 of 36 is 47, 18 of 36 is 50');
});
