import {
  keptCells,
  percentageText,
  type CellValue,
  type MergedCells,
  type Sheet,
  type SheetRow,
} from '../cells';
import type { HeldTexts } from '../held-texts';
import type { Attributes } from '../packed/xml';
import { mostColumns, mostRows, type ReadingCount } from '../unreadable';

/** What stands in a sheet or cell and is not of its value: notes, pictures, earlier versions, links. */
const besides = new Set([
  'annotation',
  'custom-shape',
  'dde-links',
  'forms',
  'frame',
  'g',
  'note',
  'ruby-text',
  'shapes',
  'tracked-changes',
]);

/** How a formula that failed is shown. */
const errors = /^(#(REF|VALUE|NAME|NUM|NULL|N\/A|DIV\/0)[!?]?|Err:\d+)/;

function times(text: string | undefined): number {
  const number = Number(text ?? 1);
  return Number.isInteger(number) && number > 1 ? Math.min(number, mostRows) : 1;
}

/** A sheet that is being read. */
class OpenSheet {
  readonly rows: SheetRow[] = [];
  readonly hiddenColumns = new Set<number>();
  readonly merged: MergedCells[] = [];
  /** Columns and rows that were passed. */
  columns = 0;
  row = 0;
  /** It mirrors a sheet of another file. */
  mirrored = false;

  constructor(
    readonly name: string,
    readonly hidden: boolean,
  ) {}
}

/** A cell that is being read, and the text of its paragraphs. */
interface OpenCell {
  readonly attributes: Attributes;
  readonly paragraphs: string[];
}

/** Gathers the sheets of an OpenDocument spreadsheet while its XML goes by. */
export class OdsSheets {
  readonly sheets: Sheet[] = [];
  date1904 = false;
  /** Whether cells refer to other files. */
  refersElsewhere = false;
  readonly #path: string[] = [];
  readonly #hiddenStyles = new Set<string>();
  #styleName = '';
  #sheet: OpenSheet | undefined;
  #row: Attributes = {};
  #cells: (CellValue | undefined)[] = [];
  #held = 0;
  /** Of the texts in the row that is being read. */
  #characters = 0;
  #column = 0;
  #cell: OpenCell | undefined;
  /** How deep within what stands besides. */
  #besides = 0;
  #hiddenGroups = 0;

  constructor(
    readonly count: ReadingCount,
    readonly texts: HeldTexts,
  ) {}

  readonly open = (name: string, attributes: Attributes): void => {
    const within = this.#path.at(-1);
    this.#path.push(name);
    if (besides.has(name)) this.#besides += 1;
    if (this.#besides > 0) return;
    switch (name) {
      case 'style':
        this.#styleName = attributes['style:name'] ?? '';
        return;
      case 'table-properties':
        if (attributes['table:display'] !== 'false') return;
        this.count.beside();
        this.#hiddenStyles.add(this.#styleName);
        return;
      case 'null-date':
        this.date1904 = attributes['table:date-value']?.startsWith('1904') ?? false;
        return;
      case 'table':
        this.#openSheet(attributes);
        return;
      case 'table-source':
        if (this.#sheet !== undefined) this.#sheet.mirrored = true;
        return;
      case 'table-column':
        this.#columns(attributes);
        return;
      case 'table-row-group':
        if (this.#hiddenGroups > 0 || attributes['table:display'] === 'false') this.#hiddenGroups += 1;
        return;
      case 'table-row':
        this.#row = attributes;
        this.#cells = [];
        this.#held = 0;
        this.#characters = 0;
        this.#column = 0;
        return;
      case 'table-cell':
      case 'covered-table-cell':
        this.#cell = { attributes, paragraphs: [] };
        return;
      default:
        this.#openText(name, within, attributes);
    }
  };

  readonly text = (text: string): void => {
    if (this.#besides === 0 && this.#path.includes('p')) this.#add(text.replaceAll(/\s+/g, ' '));
  };

  readonly close = (name: string): void => {
    this.#path.pop();
    if (this.#besides > 0) {
      if (besides.has(name)) this.#besides -= 1;
      return;
    }
    switch (name) {
      case 'table-cell':
      case 'covered-table-cell':
        this.#closeCell();
        return;
      case 'table-row':
        this.#closeRow();
        return;
      case 'table-row-group':
        if (this.#hiddenGroups > 0) this.#hiddenGroups -= 1;
        return;
      case 'table':
        this.#closeSheet();
        return;
      default:
    }
  };

  #openSheet(attributes: Attributes): void {
    const hidden = this.#hiddenStyles.has(attributes['table:style-name'] ?? '');
    this.#sheet = new OpenSheet(attributes['table:name'] ?? '', hidden);
    this.#hiddenGroups = 0;
  }

  #columns(attributes: Attributes): void {
    const sheet = this.#sheet;
    if (sheet === undefined) return;
    const last = Math.min(sheet.columns + times(attributes['table:number-columns-repeated']), mostColumns);
    if (isHidden(attributes))
      for (let column = sheet.columns; column < last; column++) sheet.hiddenColumns.add(column);
    sheet.columns = last;
  }

  #openText(name: string, within: string | undefined, attributes: Attributes): void {
    if (name === 'p' && (within === 'table-cell' || within === 'covered-table-cell')) {
      this.#cell?.paragraphs.push('');
      this.count.longText(this.#cell?.paragraphs.length ?? 0);
    } else if (name === 's') this.#add(' '.repeat(Math.min(times(attributes['text:c']), 1000)));
    else if (name === 'tab') this.#add('\t');
    else if (name === 'line-break') this.#add('\n');
  }

  #add(text: string): void {
    const paragraphs = this.#cell?.paragraphs;
    const last = paragraphs?.pop();
    if (last === undefined) return;
    this.count.longText(last.length + text.length);
    paragraphs?.push(last + text);
  }

  #closeCell(): void {
    const [cell, sheet] = [this.#cell, this.#sheet];
    this.#cell = undefined;
    if (cell === undefined || sheet === undefined) return;
    const { attributes } = cell;
    const first = this.#column;
    this.#column = Math.min(first + times(attributes['table:number-columns-repeated']), mostColumns);
    this.#merge(sheet, attributes, first);
    if (/file:\/\/|\.od[st]'#/.test(attributes['table:formula'] ?? '')) this.refersElsewhere = true;
    const value = this.#value(cell);
    if (value === undefined) return;
    for (let column = first; column < this.#column; column++) this.#cells[column] = value;
    this.#held += this.#column - first;
    if (typeof value === 'string') this.#characters += value.length * (this.#column - first);
  }

  #merge({ merged, row }: OpenSheet, attributes: Attributes, column: number): void {
    const [columns, rows] = [
      times(attributes['table:number-columns-spanned']),
      times(attributes['table:number-rows-spanned']),
    ];
    if (columns === 1 && rows === 1) return;
    this.count.beside();
    merged.push({
      fromRow: row + 1,
      toRow: row + rows,
      fromColumn: column,
      toColumn: column + columns - 1,
    });
  }

  #value({ attributes, paragraphs }: OpenCell): CellValue | undefined {
    const shown = paragraphs.join('\n');
    const formula = attributes['table:formula'] !== undefined;
    if (attributes['calcext:value-type'] === 'error' || (formula && errors.test(shown)))
      return { error: shown === '' ? 'an error' : shown };
    switch (attributes['office:value-type']) {
      case 'float':
      case 'currency':
        return numberIn(attributes['office:value']);
      case 'percentage': {
        const share = numberIn(attributes['office:value']);
        return typeof share === 'number' ? percentageText(share) : share;
      }
      case 'date':
        return dayIn(attributes['office:date-value']);
      case 'boolean':
        return attributes['office:boolean-value'] === 'true';
      default: {
        const text = attributes['office:string-value'] ?? shown;
        if (text.trim() !== '') return this.texts.hold(text);
        return formula ? { error: 'a formula without a saved value' } : undefined;
      }
    }
  }

  #closeRow(): void {
    const sheet = this.#sheet;
    if (sheet === undefined) return;
    const repeated = Math.min(times(this.#row['table:number-rows-repeated']), mostRows - sheet.row);
    const hidden = this.#hiddenGroups > 0 || isHidden(this.#row);
    const cells = keptCells(this.#cells, this.#held);
    // What mirrors another file is told, and not kept.
    for (let again = 1; this.#held > 0 && !sheet.mirrored && again <= repeated; again++) {
      this.count.row(this.#held, sheet.row + again);
      this.count.characters(this.#characters);
      sheet.rows.push({ row: sheet.row + again, hidden, cells });
    }
    sheet.row += Math.max(repeated, 0);
  }

  #closeSheet(): void {
    const sheet = this.#sheet;
    this.#sheet = undefined;
    if (sheet === undefined) return;
    if (sheet.mirrored) {
      this.refersElsewhere = true;
      return;
    }
    const { name, hidden, rows, hiddenColumns, merged } = sheet;
    this.sheets.push({ name, hidden, rows, hiddenColumns, merged });
  }
}

function isHidden(attributes: Attributes): boolean {
  return ['collapse', 'filter'].includes(attributes['table:visibility'] ?? '');
}

function dayIn(text = ''): CellValue {
  if (!/^\d{4}-\d\d-\d\d/.test(text)) return { error: `a day that is none (${text.slice(0, 40)})` };
  return { date: text.slice(0, 10) };
}

function numberIn(text = ''): CellValue {
  const number = Number(text);
  if (text === '' || !Number.isFinite(number))
    return { error: `a number that is none (${text.slice(0, 40)})` };
  return number;
}
