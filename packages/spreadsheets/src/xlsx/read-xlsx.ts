import type { Sheet, Workbook } from '../cells';
import { HeldTexts } from '../held-texts';
import type { PackedParts } from '../packed/packed-parts';
import { UnreadableWorkbookError } from '../unreadable';
import { readBook, readNumberStyles, readSharedTexts } from './book';
import { readSheet } from './sheet-cells';

/** Reads an XLSX workbook; macros, links to other files and pictures are left alone. @throws UnreadableWorkbookError */
export async function readXlsx(parts: PackedParts): Promise<Workbook> {
  const { count } = parts;
  const { sheets: listed, date1904 } = await readBook(parts);
  if (listed.length === 0 || listed.length > count.limits.sheets)
    throw new UnreadableWorkbookError(
      `The workbook has ${listed.length} sheets of cells; at least 1 and at most ${count.limits.sheets} are read.`,
    );
  const held = new HeldTexts();
  const reading = {
    texts: await readSharedTexts(parts, held),
    numberStyles: await readNumberStyles(parts),
    date1904,
    count,
    held,
  };
  const sheets: Sheet[] = [];
  for (const sheet of listed) sheets.push(await readSheet(parts, sheet, reading));
  return { format: 'xlsx', sheets, date1904, found: foundIn(parts, date1904) };
}

function foundIn(parts: PackedParts, date1904: boolean): string[] {
  const names = [...parts.entries.keys()];
  return [
    `An Excel workbook; its days count from ${date1904 ? 1904 : 1900}.`,
    ...(names.some((name) => name.includes('vbaproject'))
      ? ['It holds macros; they were not run and are not kept.']
      : []),
    ...(names.some((name) => name.includes('externallinks/'))
      ? ['It refers to other files; the values that were last saved are read.']
      : []),
  ];
}
