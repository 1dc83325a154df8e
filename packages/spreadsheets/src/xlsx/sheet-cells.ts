import { percentageText, type CellValue, type MergedCells, type Sheet, type SheetRow } from '../cells';
import type { HeldTexts } from '../held-texts';
import { serialDay } from '../serial-date';
import type { ReadingCount } from '../unreadable';
import { isTrue, type ListedSheet, type ShownAs } from './book';
import type { PackedParts } from '../packed/packed-parts';
import { readXml, type Attributes } from '../packed/xml';

/** What the cells of every sheet are read with. */
export interface CellReading {
  readonly texts: readonly string[];
  readonly numberStyles: readonly ShownAs[];
  readonly date1904: boolean;
  readonly count: ReadingCount;
  readonly held: HeldTexts;
}

/** Columns beyond the last one that spreadsheet programs have are none. */
const mostColumns = 16_384;

function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference.toUpperCase())?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return column - 1;
}

function mergedOf(reference: string): MergedCells[] {
  const parts = /^([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})$/.exec(
    reference.replaceAll('$', '').toUpperCase(),
  );
  if (parts === null) return [];
  const [, fromColumn = '', fromRow = '', toColumn = '', toRow = ''] = parts;
  return [
    {
      fromRow: Number(fromRow),
      toRow: Number(toRow),
      fromColumn: columnOf(fromColumn),
      toColumn: columnOf(toColumn),
    },
  ];
}

/** Gathers the rows of one sheet while its XML goes by. */
class SheetReading {
  readonly rows: SheetRow[] = [];
  readonly hiddenColumns = new Set<number>();
  readonly merged: MergedCells[] = [];
  #row = 0;
  #rowHidden = false;
  #cells: (CellValue | undefined)[] = [];
  #held = 0;
  #column = -1;
  #type = '';
  #style = 0;
  #formula = false;
  #value = '';
  #reading = false;
  #phonetic = 0;

  constructor(readonly reading: CellReading) {}

  readonly open = (name: string, attributes: Attributes): void => {
    switch (name) {
      case 'col':
        if (isTrue(attributes['hidden'])) this.#hide(Number(attributes['min']), Number(attributes['max']));
        return;
      case 'row':
        this.#row = attributes['r'] === undefined ? this.#row + 1 : Number(attributes['r']);
        this.#rowHidden = isTrue(attributes['hidden']);
        this.#cells = [];
        this.#held = 0;
        this.#column = -1;
        return;
      case 'c':
        this.#column = attributes['r'] === undefined ? this.#column + 1 : columnOf(attributes['r']);
        this.#type = attributes['t'] ?? 'n';
        this.#style = Number(attributes['s'] ?? 0);
        this.#value = '';
        this.#formula = false;
        return;
      case 'f':
        this.#formula = true;
        return;
      case 'rPh':
        this.#phonetic += 1;
        return;
      case 'v':
      case 't':
        this.#reading = this.#phonetic === 0;
        return;
      case 'mergeCell':
        this.merged.push(...mergedOf(attributes['ref'] ?? ''));
        return;
      default:
    }
  };

  readonly text = (text: string): void => {
    if (this.#reading) this.#value += text;
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.#reading = false;
    if (name === 'rPh') this.#phonetic -= 1;
    if (name === 'c') this.#endCell();
    if (name === 'row' && this.#held > 0) {
      this.reading.count.row(this.#held);
      // A copy has room for its cells only.
      this.rows.push({ row: this.#row, hidden: this.#rowHidden, cells: this.#cells.slice() });
    }
  };

  #hide(from: number, to: number): void {
    for (let column = from; column <= Math.min(to, mostColumns); column++) this.hiddenColumns.add(column - 1);
  }

  #endCell(): void {
    const value = this.#cell();
    if (value === undefined || this.#column < 0 || this.#column >= mostColumns) return;
    this.#cells[this.#column] = value;
    this.#held += 1;
  }

  #cell(): CellValue | undefined {
    const { texts, numberStyles, date1904 } = this.reading;
    const value = this.#value;
    if (value === '') return this.#formula ? { error: 'a formula without a saved value' } : undefined;
    switch (this.#type) {
      case 's':
        return textOrNothing(texts[Number(value)] ?? '');
      case 'str':
      case 'inlineStr':
        return textOrNothing(this.reading.held.hold(value));
      case 'b':
        return isTrue(value);
      case 'e':
        return { error: value };
      case 'd':
        return { date: value.slice(0, 10) };
      default: {
        const number = Number(value);
        if (!Number.isFinite(number)) return { error: `a number that is none (${value.slice(0, 40)})` };
        const shownAs = numberStyles[this.#style];
        if (shownAs === 'percentage') return percentageText(number);
        const date = shownAs === 'date' ? serialDay(number, date1904) : undefined;
        return date === undefined ? number : { date };
      }
    }
  }
}

function textOrNothing(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}

/** Reads the cells of one sheet. @throws UnreadableWorkbookError */
export async function readSheet(
  parts: PackedParts,
  listed: ListedSheet,
  reading: CellReading,
): Promise<Sheet> {
  const sheet = new SheetReading(reading);
  await readXml(listed.part, parts.read(listed.part), sheet);
  const { rows, hiddenColumns, merged } = sheet;
  return { name: listed.name, hidden: listed.hidden, rows, hiddenColumns, merged };
}
