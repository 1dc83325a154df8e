import type { HeldTexts } from '../held-texts';
import type { PackedParts } from '../packed/packed-parts';
import { readXml } from '../packed/xml';

/** A sheet as the workbook lists it. */
export interface ListedSheet {
  readonly name: string;
  readonly hidden: boolean;
  /** The part that holds its cells. */
  readonly part: string;
}

/** What the workbook says of its sheets. */
export interface Book {
  readonly sheets: readonly ListedSheet[];
  readonly date1904: boolean;
}

/** A part named relative to the folder `xl`. */
function partOf(target: string): string {
  return target.startsWith('/') ? target.slice(1) : `xl/${target.replace(/^\.\//, '')}`;
}

async function targets(parts: PackedParts): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const part = 'xl/_rels/workbook.xml.rels';
  await readXml(part, parts.read(part), {
    open: (name, { Id = '', Target = '', TargetMode }) => {
      if (name !== 'Relationship' || TargetMode === 'External') return;
      parts.count.beside();
      found.set(Id, partOf(Target));
    },
  });
  return found;
}

/** The sheets in their order, hidden ones too, and the date system. @throws UnreadableWorkbookError */
export async function readBook(parts: PackedParts): Promise<Book> {
  const part = 'xl/workbook.xml';
  const listed: { name: string; hidden: boolean; id: string }[] = [];
  let date1904 = false;
  await readXml(part, parts.read(part), {
    open: (name, attributes) => {
      if (name === 'workbookPr') date1904 = isTrue(attributes['date1904']);
      if (name !== 'sheet') return;
      const id = Object.entries(attributes).find(([key]) => key === 'id' || key.endsWith(':id'))?.[1] ?? '';
      parts.count.beside();
      const { name: title = '', state = 'visible' } = attributes;
      listed.push({ name: title, hidden: state !== 'visible', id });
    },
  });
  const found = await targets(parts);
  return {
    date1904,
    sheets: listed.flatMap(({ id, ...sheet }) => {
      const target = found.get(id);
      // Sheets of charts and macros hold no cells.
      return target === undefined || !/worksheets\//i.test(target) ? [] : [{ ...sheet, part: target }];
    }),
  };
}

export function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** The shared texts of a workbook; how they are set in type is left out. */
export async function readSharedTexts(parts: PackedParts, held: HeldTexts): Promise<readonly string[]> {
  const part = 'xl/sharedStrings.xml';
  if (!parts.has(part)) return [];
  const texts: string[] = [];
  let current = '';
  let reading = false;
  let phonetic = 0;
  await readXml(part, parts.read(part), {
    open: (name) => {
      if (name === 'si') current = '';
      if (name === 'rPh') phonetic += 1;
      reading = name === 't' && phonetic === 0;
    },
    close: (name) => {
      if (name === 'si') {
        parts.count.sharedText();
        parts.count.characters(current.length);
        texts.push(held.hold(current));
      }
      if (name === 'rPh') phonetic -= 1;
      if (name === 't') reading = false;
    },
    text: (text) => {
      if (!reading) return;
      current += text;
      parts.count.longText(current.length);
    },
  });
  return texts;
}

/** Formats of numbers that spreadsheet programs show as dates by themselves. */
const builtInDates = new Set([14, 15, 16, 17, 22, ...range(27, 36), ...range(50, 58)]);

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, at) => from + at);
}

/** Whether a format shows a date: it has a day or a year outside quotes and brackets. */
function showsDate(format: string): boolean {
  const bare = format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|_.|\*./g, '').toLowerCase();
  return /[dy]/.test(bare) || /mmm/.test(bare);
}

/** Formats that show a hundredth as 1 %. */
const builtInPercentages = new Set([9, 10]);

function showsPercentage(format: string): boolean {
  return format.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]/g, '').includes('%');
}

/** What a style shows a number as, where it is neither plain nor money. */
export type ShownAs = 'date' | 'percentage' | undefined;

/** For each style of a cell, whether it shows its number as a date or a percentage. */
export async function readNumberStyles(parts: PackedParts): Promise<readonly ShownAs[]> {
  const part = 'xl/styles.xml';
  if (!parts.has(part)) return [];
  const formats = new Map<number, string>();
  const styles: number[] = [];
  let inCells = false;
  await readXml(part, parts.read(part), {
    open: (name, attributes) => {
      if (name === 'cellXfs') inCells = true;
      if (name === 'numFmt' || name === 'xf') parts.count.beside();
      if (name === 'numFmt') formats.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      if (name === 'xf' && inCells) styles.push(Number(attributes['numFmtId'] ?? 0));
    },
    close: (name) => {
      if (name === 'cellXfs') inCells = false;
    },
  });
  return styles.map((id) => {
    const own = formats.get(id);
    if (own === undefined ? builtInDates.has(id) : showsDate(own)) return 'date';
    return (own === undefined ? builtInPercentages.has(id) : showsPercentage(own)) ? 'percentage' : undefined;
  });
}
