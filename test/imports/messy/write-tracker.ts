import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { messyWorkbook, workbookPutRight } from './messy-workbook';

/* `npm run example:tracker`: the workbook of docs/spreadsheets.md, as the team keeps it and as it is put right. */

const folder = resolve(process.env['INIT_CWD'] ?? '.', process.argv[2] ?? '.');
for (const [name, bytes] of [
  ['tracker.xlsx', messyWorkbook()],
  ['tracker-put-right.xlsx', workbookPutRight()],
] as const) {
  writeFileSync(join(folder, name), bytes);
  process.stdout.write(`Written: ${name}\n`);
}
