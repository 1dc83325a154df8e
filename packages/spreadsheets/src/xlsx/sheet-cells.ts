import {
  columnOf,
  keptCells,
  percentageText,
  type CellValue,
  type MergedCells,
  type Sheet,
  type SheetRow,
} from '../cells';
import type { HeldTexts } from '../held-texts';
import { serialDay } from '../serial-date';
import { mostColumns, mostRows, type ReadingCount } from '../unreadable';
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

/** The column of a cell by its address; -1 for one that has none. */
function columnIn(reference: string): number {
  return columnOf(/^[A-Z]{1,3}/.exec(reference.toUpperCase())?.[0] ?? '');
}

/** The number of the next row: the one that it says, where that is one further down. */
function rowAfter(before: number, said: string | undefined): number {
  const row = Number(said);
  return Number.isInteger(row) && row > before && row <= mostRows ? row : before + 1;
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
  readonly merged: MergedCells[] = [];
  /** At a column, how many runs of hidden ones begin there less those that ended before it. */
  readonly #hiddenRuns = new Int32Array(mostColumns + 1);
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
        this.reading.count.beside();
        if (isTrue(attributes['hidden'])) this.#hide(Number(attributes['min']), Number(attributes['max']));
        return;
      case 'row':
        this.#row = rowAfter(this.#row, attributes['r']);
        this.#rowHidden = isTrue(attributes['hidden']);
        this.#cells = [];
        this.#held = 0;
        this.#column = -1;
        return;
      case 'c':
        this.#column = attributes['r'] === undefined ? this.#column + 1 : columnIn(attributes['r']);
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
        this.reading.count.beside();
        this.merged.push(...mergedOf(attributes['ref'] ?? ''));
        return;
      default:
    }
  };

  readonly text = (text: string): void => {
    if (!this.#reading) return;
    this.#value += text;
    this.reading.count.longText(this.#value.length);
  };

  readonly close = (name: string): void => {
    if (name === 'v' || name === 't') this.#reading = false;
    if (name === 'rPh') this.#phonetic -= 1;
    if (name === 'c') this.#endCell();
    if (name === 'row' && this.#held > 0) {
      this.reading.count.row(this.#held, this.#row);
      const cells = keptCells(this.#cells, this.#held);
      this.rows.push({ row: this.#row, hidden: this.#rowHidden, cells });
    }
  };

  /** The columns that are hidden, from 0. */
  get hiddenColumns(): ReadonlySet<number> {
    const hidden = new Set<number>();
    let runs = 0;
    for (let column = 0; column < mostColumns; column++) {
      runs += this.#hiddenRuns[column] ?? 0;
      if (runs > 0) hidden.add(column);
    }
    return hidden;
  }

  /** Both from 1; a file may say the same many times over, so that each is to cost little. */
  #hide(from: number, to: number): void {
    if (!(from >= 1 && from <= to && from <= mostColumns)) return;
    const begins = from - 1;
    const ends = Math.min(to, mostColumns);
    this.#hiddenRuns[begins] = (this.#hiddenRuns[begins] ?? 0) + 1;
    this.#hiddenRuns[ends] = (this.#hiddenRuns[ends] ?? 0) - 1;
  }

  #endCell(): void {
    const value = this.#cell();
    if (value === undefined || this.#column < 0 || this.#column >= mostColumns) return;
    if (typeof value === 'string') this.reading.count.characters(value.length);
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
