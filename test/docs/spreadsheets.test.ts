import { testWalkThrough } from './walk-through';

/* The walk-through of a messy workbook says what its commands print, word for word. */

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

testWalkThrough({
  page: 'spreadsheets.md',
  flags: ['--empty'],
  patience: { start: 60_000, block: 60_000 },
  comparable,
});
