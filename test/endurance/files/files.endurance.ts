import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { writeXlsx } from '@ledger/spreadsheets';
import { ServerProcess } from '../../demonstration/server-process';
import { bombs } from '../../imports/bombs';
import { brokenFile } from '../../imports/broken-files';
import { copyWithResults, csv, importFile } from '../../imports/file-imports';
import { whollyOrNotAtAll } from '../../imports/wholly-or-not';
import { report } from '../report';
import { residentMegabytes } from '../soak/watching';
import { wholeNumber } from '../whole-number';

/*
 * Thousands of broken files, and files as large as are taken, each lot sent to a server of its own: what its memory came to
 * at the most is looked at in the end. Only Linux tells that.
 */

const howMany = wholeNumber('LEDGER_FILES', 5000);
const seed = wholeNumber('LEDGER_SEED', 20_261_126);

/** Megabytes that a server may have resident for files of up to so many rows. */
const mostFor10000Rows = 400;
const most = 700;
/** Seconds in which a file of so many rows is recorded, from when it is sent until it is answered; of the large ones as many a row. */
const mostSecondsFor10000Rows = 60;
const mostSecondsFor100000Rows = 600;

const root = mkdtempSync(join(tmpdir(), 'files-'));
afterAll(() => rmSync(root, { recursive: true }));

type Row = Record<string, string | number>;
const found: Row[] = [];
afterAll(() => report('files', found));

/** Does work on a server of its own; says what it had resident at the most, which Linux alone tells. */
async function onServer(name: string, work: (server: ServerProcess) => Promise<Row | void>): Promise<number> {
  const server = ServerProcess.start(join(root, name.replaceAll(' ', '-')), '--empty');
  try {
    await server.saying('is ready');
    const began = Date.now();
    const more = (await work(server)) ?? {};
    const resident = residentMegabytes(server.child.pid, 'most');
    found.push({
      what: name,
      seconds: (Date.now() - began) / 1000,
      'resident at most MB': resident,
      'seconds to record': '',
      ...more,
    });
    // Nothing measured would be within any bound.
    expect(resident).toBeGreaterThan(0);
    return resident;
  } finally {
    await server.end('SIGTERM');
  }
}

/** A file of new records, with a title and a day of its own each. */
function rowsOf(rows: number): readonly (readonly string[])[] {
  const councils = ['Watford', 'Leeds', 'Derby', 'Stroud', 'Elmbridge', 'Adur', 'Worthing'];
  return [
    ['Offer', 'When', 'Title', 'Councils: recipient'],
    ...Array.from({ length: rows }, (_, at) => [
      'Cyber security',
      `${(at % 28) + 1}/${(at % 6) + 4}/2025`,
      `Review number ${at}`,
      councils[at % councils.length] ?? '',
    ]),
  ];
}

function workbook(rows: number): Uint8Array {
  return writeXlsx([{ name: 'Support', columns: [], rows: rowsOf(rows) }]);
}

test('of thousands of broken files none crashes, hangs or half-loads, and memory stays within its bound', async () => {
  const resident = await onServer(`${howMany} broken files`, (server) =>
    fc.assert(
      fc.asyncProperty(brokenFile, async (file) => whollyOrNotAtAll(server, file)),
      { numRuns: howMany, seed },
    ),
  );
  expect(resident).toBeLessThan(most);
});

/** Seconds in which a bomb is answered, and its copy with results. */
const mostSecondsForBomb = 60;

test.each([...bombs])('of a bomb, %s, memory and time stay within their bounds', async (name, made) => {
  const file = made();
  let seconds = 0;
  const resident = await onServer(`bomb ${name}`, async (server) => {
    const began = Date.now();
    const { status } = await importFile(server, file, 'SupportProvided', { dryRun: 'true' });
    const copied = await copyWithResults(server, file, 'SupportProvided');
    seconds = (Date.now() - began) / 1000;
    expect([200, 422]).toContain(status);
    expect(copied.status).toBe(status);
  });
  expect(resident).toBeLessThan(most);
  expect(seconds).toBeLessThan(mostSecondsForBomb);
});

test.each([
  [10_000, 'XLSX', mostFor10000Rows, mostSecondsFor10000Rows],
  [10_000, 'CSV', mostFor10000Rows, mostSecondsFor10000Rows],
  [100_000, 'XLSX', most, mostSecondsFor100000Rows],
  [100_000, 'CSV', most, mostSecondsFor100000Rows],
] as const)(
  '%p rows of %s are tried, recorded and found unchanged within %p MB and %p seconds',
  async (rows, format, mostMegabytes, mostSeconds) => {
    const file = format === 'XLSX' ? workbook(rows) : csv(rowsOf(rows));
    let seconds = 0;
    const resident = await onServer(`${rows} rows of ${format}`, async (server) => {
      const tried = await importFile(server, file, 'SupportProvided', { dryRun: 'true' });
      const began = Date.now();
      const done = await importFile(server, file, 'SupportProvided');
      seconds = (Date.now() - began) / 1000;
      expect([done.status, done.totals]).toEqual([201, tried.totals]);
      const again = await importFile(server, file, 'SupportProvided');
      expect(again.totals).toMatchObject({ rows, unchanged: rows, gone: 0 });
      return { 'seconds to record': seconds };
    });
    expect(resident).toBeLessThan(mostMegabytes);
    expect(seconds).toBeLessThan(mostSeconds);
  },
);

test('a hundred thousand rows in all of which much is wrong are told, and copied with what was found, within the bound', async () => {
  const [headings = []] = rowsOf(0);
  const wrong = (at: number): readonly string[] => [
    `Cyber securty ${at % 50}`,
    '31/6/2025',
    `${'A title that is too long to be one. '.repeat(4)}${at}`,
    `Watfrod ${at % 50}`,
  ];
  const file = csv([headings, ...Array.from({ length: 100_000 }, (_, at) => wrong(at))]);
  const resident = await onServer('100000 rows of CSV, all of them wrong', async (server) => {
    const { status, totals } = await importFile(server, file, 'SupportProvided', { dryRun: 'true' });
    expect([status, totals['rejected']]).toEqual([200, 100_000]);
    expect((await copyWithResults(server, Buffer.from(file), 'SupportProvided')).status).toBe(200);
  });
  expect(resident).toBeLessThan(most);
});
