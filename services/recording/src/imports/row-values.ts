import { parseSpanText, type UnreadableSpan } from '@ledger/calendar';
import { cellText, type CellValue, type SheetRow } from '@ledger/spreadsheets';
import type { Reference } from '../application/reference';
import { rowField } from '../forms/form-names';
import type { BodyLookup } from './body-lookup';
import { readAmount, readChoice, readWhen, type CellSetting, type ReadCell } from './cell-readings';
import { namesInCell } from './councils-in-cell';
import type { FoundColumn } from './find-columns';
import type { ImportField } from './import-fields';
import type { NamedLookup } from './named-lookup';
import { answersOf, rejection, type CellFault, type RowFault } from './row-faults';

/** The rows of one kind that a form, and so a row of a file, can hold. */
const mostRows = 60;

/** A cell, with what it says and where it stands; a fixed value of the mapping stands in no column. */
interface Given {
  readonly field: ImportField;
  readonly cell: CellValue;
  readonly letters: string | null;
  readonly setting: CellSetting;
}

/** What values are read with. */
export interface ValueSetting {
  readonly reference: Reference;
  readonly bodies: BodyLookup;
  readonly offers: NamedLookup;
  readonly savingsAreas: NamedLookup;
  readonly today: string;
  /** The id of the record that the team calls so, in the files of this mapping. */
  readonly idOfReference: (reference: string) => string;
}

/** The cells of one row as the values of a form, with the column of each. */
export class RowValues {
  readonly values: Record<string, string> = {};
  /** The letters of the column that each field of the form was read from. */
  readonly columns = new Map<string, string | null>();
  readonly faults: RowFault[] = [];
  /** Fields of the form about which something is said already. */
  readonly said = new Set<string>();
  readonly beside = new Map<string, string>();
  readonly #ends = new Map<string, string>();
  /** Names of cells that hold several, by the field each is read as. */
  readonly #among = new Map<string, { readonly names: readonly string[]; readonly at: number }>();
  readonly #lists: { readonly given: Given; readonly text: string }[] = [];

  constructor(
    given: readonly Given[],
    readonly setting: ValueSetting,
  ) {
    for (const one of given) this.#take(one);
    this.#joinEnds();
    for (const { given: one, text } of this.#lists) this.#list(one, text);
    // A percentage may carry its sign.
    const { result, resultIn } = this.values;
    if (result !== undefined && resultIn === 'percent') this.values['result'] = result.replace(/\s*%$/, '');
  }

  /** The days at which names are meant. */
  get days(): { readonly from: string; readonly to: string } {
    const { occurred, from, on, upTo } = this.values;
    const span = parseSpanText(occurred ?? from ?? on ?? upTo ?? '');
    const { today } = this.setting;
    return 'from' in span && /^\d{4}-\d\d-\d\d$/.test(span.from) ? span : { from: today, to: today };
  }

  /** Whether something stands for the day and cannot be read: then it is not known on which day names are meant. */
  get isDayUnreadable(): boolean {
    const { occurred, from, on, upTo } = this.values;
    const written = occurred ?? from ?? on ?? upTo;
    return written === undefined ? this.said.has('occurred') : 'problem' in parseSpanText(written);
  }

  /** Says which column a field would be read from, though nothing stands in it. */
  mention({ name, place }: ImportField, letters: string): void {
    const at = place?.sort === 'list' ? place.rows : (place?.field ?? name);
    if (!this.columns.has(at)) this.columns.set(at, letters);
  }

  fault(field: string, found: CellFault, column = this.columns.get(field) ?? null): void {
    this.said.add(field);
    const { suggestion, alternative, ...rest } = found;
    const answers = [suggestion, alternative].map((answer) =>
      answer === undefined ? undefined : this.#inItsCell(field, answer),
    );
    this.faults.push({ ...rest, ...answersOf(answers), column });
  }

  /** What to write into the whole cell, where a name among several is to be another. */
  #inItsCell(field: string, name: string): string {
    const among = this.#among.get(field);
    return among === undefined ? name : among.names.with(among.at, name).join('; ');
  }

  #take(given: Given): void {
    const { field, letters } = given;
    const { place, name } = field;
    const at = place?.sort === 'list' ? place.rows : (place?.field ?? name);
    if (letters !== null || !this.columns.has(at)) this.columns.set(at, letters);
    // The first and the last day may stand in columns of their own, and what is wrong is in one of them.
    if (place?.sort === 'end') this.columns.set(`${place.field}.${place.end}`, letters);
    const read = this.#read(given);
    if ('fault' in read) {
      this.fault(at, read.fault, letters);
      return;
    }
    if (read.text === '') return;
    if (place === null) this.beside.set(name, read.text);
    else if (place.sort === 'field') this.values[place.field] = read.text;
    else if (place.sort === 'end') this.#ends.set(`${place.field}.${place.end}`, read.text);
    else this.#lists.push({ given, text: read.text });
  }

  #read({ field, cell, setting }: Given): ReadCell {
    if (typeof cell === 'object' && 'error' in cell)
      return { fault: rejection('cell-error', `the cell holds ${cell.error}; put a value in its place`) };
    const { offers, savingsAreas } = this.setting;
    switch (field.kind) {
      case 'span':
      case 'date':
        return readWhen(cell, setting);
      case 'pounds':
        return readAmount(cell, setting);
      case 'choice':
        return readChoice(cell, field.options);
      case 'offer':
        return offers.read(cell);
      case 'savings-area':
        return savingsAreas.read(cell);
      default:
        return { text: cellText(cell) };
    }
  }

  /** A first and a last day in columns of their own are one span. */
  #joinEnds(): void {
    const [from, to] = [this.#ends.get('occurred.from'), this.#ends.get('occurred.to')];
    if (from === undefined && to === undefined) return;
    const [first, last] = [parseSpanText(from ?? to ?? ''), parseSpanText(to ?? from ?? '')];
    const unreadable = (end: string, { problem }: UnreadableSpan): void =>
      this.fault('occurred', rejection('unreadable', problem), this.columns.get(`occurred.${end}`));
    if ('problem' in first) unreadable(from === undefined ? 'to' : 'from', first);
    // One that stands alone is both.
    if ('problem' in last && from !== undefined && to !== undefined) unreadable('to', last);
    if ('from' in first && 'to' in last) this.values['occurred'] = `${first.from} to ${last.to}`;
  }

  /** Several bodies, or people, of one role in one cell. */
  #list({ field, letters }: Given, text: string): void {
    const { place } = field;
    if (place?.sort !== 'list') return;
    const found =
      field.kind === 'body'
        ? namesInCell(text, this.days.from, this.setting.bodies)
        : { names: text.split(/[;\n\r]/).map((name) => name.trim()) };
    if ('fault' in found) {
      this.fault(place.rows, found.fault, letters);
      return;
    }
    const names = found.names.filter((one) => one !== '');
    for (const [at, name] of names.entries()) {
      let row = 0;
      while (rowField(place.rows, row, place.named) in this.values) row += 1;
      if (row >= mostRows) {
        this.fault(
          place.rows,
          rejection('too-many', `more than ${mostRows} names in one row; part the row`),
          letters,
        );
        return;
      }
      this.values[rowField(place.rows, row, place.named)] = name;
      this.values[rowField(place.rows, row, place.choice)] = place.value;
      this.columns.set(rowField(place.rows, row, place.named), letters);
      if (names.length > 1) this.#among.set(rowField(place.rows, row, place.named), { names, at });
    }
  }
}

/** The cells of a row that a mapping takes. */
export function givenIn(
  row: SheetRow,
  columns: readonly FoundColumn[],
  fieldOf: ReadonlyMap<string, ImportField>,
  date1904: boolean | undefined,
): Given[] {
  return columns.flatMap(({ column, letters, mapped }) => {
    const cell = row.cells[column];
    const field = fieldOf.get(mapped.field);
    if (cell === undefined || field === undefined) return [];
    return [{ field, cell, letters, setting: { date1904, unit: mapped.unit, heading: mapped.heading } }];
  });
}

/** The values of a mapping that hold for every row, unless the row says its own. */
export function fixedIn(
  fixed: readonly { readonly field: string; readonly value: string }[],
  fieldOf: ReadonlyMap<string, ImportField>,
): Given[] {
  return fixed.flatMap(({ field: name, value }) => {
    const field = fieldOf.get(name);
    if (field === undefined) return [];
    return [
      { field, cell: value, letters: null, setting: { date1904: undefined, unit: undefined, heading: name } },
    ];
  });
}
