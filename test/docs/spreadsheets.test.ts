import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ServerProcess } from '../demonstration/server-process';
import { blocksOf, runBlock, writeOutputs } from './blocks';

/*
 * The walk-through of a messy workbook says what its commands print, word for word. LEDGER_OUTPUTS=1 writes it anew, to
 * be read before it is committed.
 */

const page = 'spreadsheets.md';
const blocks = blocksOf(page);
const anew = process.env['LEDGER_OUTPUTS'] !== undefined;
const outputs: string[] = [];

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'spreadsheets-'));
  server = ServerProcess.start(join(folder, 'data', 'try'), '--empty');
  await server.saying('is ready');
}, 60_000);
afterAll(async () => {
  await server.end('SIGTERM');
  rmSync(folder, { recursive: true });
  if (anew) writeOutputs(page, outputs);
});

/** What differs from ledger to ledger and day to day: ids, positions, days, and how wide a table is for them. */
function comparable(printed: string): string {
  return printed
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'ID')
    .replaceAll(/\b[Pp]osition \d+/g, 'position N')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'MOMENT')
    .replaceAll(/after the day of recording, \d{4}-\d\d-\d\d/g, 'after the day of recording, DAY')
    .replaceAll(/[─-]{2,}/g, '--')
    .replaceAll(/ {2,}/g, '  ')
    .replaceAll(/ +$/gm, '');
}

test.each(blocks)(
  '$heading',
  async ({ script, prints }) => {
    const ran = await runBlock(script, folder);
    expect(ran).toMatchObject({ failed: false });
    outputs.push(ran.out);
    expect(comparable(ran.out)).toBe(comparable(anew ? ran.out : (prints ?? '')));
  },
  60_000,
);
