import fc from 'fast-check';
import { RunningLedger } from '../running/running-ledger';
import { emptyRows, unpacksToMuch } from './bombs';
import { brokenFile } from './broken-files';
import { importFile } from './file-imports';
import { whollyOrNotAtAll } from './wholly-or-not';

/*
 * Files as they come: cut off, of wrong types, with formulas, macros, hidden sheets, merged cells, links, and nothing
 * in a million rows. LEDGER_FILES says how many; the seed is printed on failure. The long run throws more of them at a
 * server of its own, and looks at its memory: test/endurance/files.
 */

const howMany = Number(process.env['LEDGER_FILES'] ?? 300);
const seed = Number(process.env['LEDGER_SEED'] ?? 20_261_126);

let ledger: RunningLedger;
let large: Uint8Array;
beforeAll(async () => {
  // Packing it keeps this process, and a ledger in it, from doing anything else.
  large = unpacksToMuch();
  ledger = await RunningLedger.start(false);
}, 120_000);
afterAll(() => ledger.stop());

test(
  'no broken file crashes or half-loads: it is refused in a sentence, or recorded whole',
  async () => {
    await fc.assert(
      fc.asyncProperty(brokenFile, async (file) => whollyOrNotAtAll(ledger, file)),
      { numRuns: howMany, seed },
    );
  },
  600_000 + howMany * 1000,
);

test('a million empty rows are read as the one row that holds something', async () => {
  const report = await importFile(ledger, emptyRows(), 'SupportProvided', { dryRun: 'true' });
  expect([report.status, report.totals['rows'], report.totals['sheetFaults']]).toEqual([200, 0, 0]);
}, 120_000);

test('a file that unpacks to more than is read is refused', async () => {
  const report = await importFile(ledger, large, 'SupportProvided', { dryRun: 'true' });
  expect([report.status, report.detail]).toEqual([
    422,
    expect.stringContaining('unpacks to more than 300 MB'),
  ]);
}, 120_000);
