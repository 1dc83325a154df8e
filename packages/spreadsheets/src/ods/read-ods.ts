import type { Workbook } from '../cells';
import { HeldTexts } from '../held-texts';
import type { PackedParts } from '../packed/packed-parts';
import { readXml } from '../packed/xml';
import { UnreadableWorkbookError } from '../unreadable';
import { OdsSheets } from './ods-sheets';

const content = 'content.xml';
const manifest = 'META-INF/manifest.xml';

async function refuseLocked(parts: PackedParts): Promise<void> {
  if (!parts.has(manifest)) return;
  let locked = false;
  await readXml(manifest, parts.read(manifest), {
    open: (name) => {
      locked ||= name === 'encryption-data';
    },
  });
  if (locked) throw new UnreadableWorkbookError('The file is locked with a password. Save it without one.');
}

/** Reads an OpenDocument spreadsheet; macros, pictures and notes are left alone. @throws UnreadableWorkbookError */
export async function readOds(parts: PackedParts): Promise<Workbook> {
  await refuseLocked(parts);
  const reading = new OdsSheets(parts.count, new HeldTexts());
  await readXml(content, parts.read(content), reading);
  const { sheets, date1904, refersElsewhere } = reading;
  const most = parts.count.limits.sheets;
  if (sheets.length === 0 || sheets.length > most)
    throw new UnreadableWorkbookError(
      `The workbook has ${sheets.length} sheets of cells; at least 1 and at most ${most} are read.`,
    );
  const names = [...parts.entries.keys()];
  return {
    format: 'ods',
    sheets,
    date1904,
    found: [
      'An OpenDocument spreadsheet.',
      ...(names.some((name) => /^(basic|scripts)\/./.test(name))
        ? ['It holds macros; they were not run and are not kept.']
        : []),
      ...(refersElsewhere ? ['It refers to other files; the values that were last saved are read.'] : []),
    ],
  };
}
