import { parseFinancialYear, parseSpanText } from '@ledger/calendar';
import type { Fault } from '@ledger/domain';
import { readHundredths, readPounds, readWhole } from './amount-text';
import type { FormField } from './form-fields';
import { rowCount, rowField } from './form-names';

export type FormValues = Readonly<Record<string, string>>;

/** What a form says, as the data of an event, in the form in which the API takes it. */
export interface ReadForm {
  readonly data: Readonly<Record<string, unknown>>;
  /** What could not be read at all; everything else the rules say. */
  readonly faults: readonly Fault[];
  /** The name of the form's field for each path in the data. */
  readonly places: ReadonlyMap<string, string>;
}

/** Gives the id of the person a field names; undefined while somebody has still to say who is meant. */
export type PersonOf = (field: string, typed: string) => string | undefined;

class Reading {
  readonly faults: Fault[] = [];
  readonly places = new Map<string, string>();

  constructor(
    readonly values: FormValues,
    readonly personOf: PersonOf,
  ) {}

  /** The data of fields whose names begin with a prefix; empty fields are left out. */
  fields(
    fields: readonly FormField[],
    nameOf: (field: string) => string,
    path: string,
  ): Record<string, unknown> {
    const data: Record<string, unknown> = {};
    for (const field of fields) {
      const at = path === '' ? field.name : `${path}.${field.name}`;
      const value =
        field.kind === 'rows' ? this.#rows(field, at) : this.#value(field, nameOf(field.name), at);
      if (value !== undefined) data[field.name] = value;
    }
    return data;
  }

  #rows(field: FormField, path: string): unknown[] | undefined {
    const rows: unknown[] = [];
    this.places.set(path, rowField(field.name, 0, field.fields[0]?.name ?? ''));
    for (let row = 0; row < rowCount(field, this.values); row++) {
      const nameOf = (name: string): string => rowField(field.name, row, name);
      // A row in which nothing but a choice stands was not filled in.
      const filled = field.fields.some(({ kind, name }) => kind !== 'choice' && nameOf(name) in this.values);
      if (!filled) continue;
      const at = `${path}[${rows.length}]`;
      this.places.set(at, nameOf(field.fields[0]?.name ?? ''));
      rows.push(this.fields(field.fields, nameOf, at));
    }
    // No row is nothing given, where nothing need be given; a form always shows one.
    return rows.length === 0 && !field.required ? undefined : rows;
  }

  #value(field: FormField, name: string, path: string): unknown {
    this.places.set(path, name);
    const text = this.values[name]?.trim();
    if (text === undefined || text === '') return undefined;
    switch (field.kind) {
      case 'span':
        return this.#span(text, path);
      case 'date':
        return this.#date(text, path);
      case 'pounds':
        return this.#read(
          readPounds(text),
          path,
          `“${text}” is no amount; write pounds as 12,500 or 12500.50`,
        );
      case 'hundredths':
        return this.#read(readHundredths(text), path, `“${text}” is no number; write it as 3 or 2.5`);
      case 'whole':
        return this.#read(readWhole(text), path, `“${text}” is no whole number`);
      case 'year':
        return this.#read(
          parseFinancialYear(text),
          path,
          `“${text}” is no financial year; write it as 2018/19`,
        );
      case 'person':
        return this.personOf(name, text);
      case 'choice':
        return field.options[0] === 'yes' ? text === 'yes' : text;
      default:
        return text;
    }
  }

  #read(value: number | undefined, path: string, message: string): number | undefined {
    if (value === undefined) this.#fault(path, message);
    return value;
  }

  #span(text: string, path: string): unknown {
    const span = parseSpanText(text);
    if (!('problem' in span)) return span;
    this.#fault(path, span.problem);
    return undefined;
  }

  #date(text: string, path: string): unknown {
    const span = parseSpanText(text);
    if (!('problem' in span) && span.from === span.to) return span.from;
    this.#fault(
      path,
      'problem' in span ? span.problem : `“${text}” is no single day; write it as 1 April 2019`,
    );
    return undefined;
  }

  #fault(path: string, message: string): void {
    this.faults.push({ code: 'unreadable', path: `data.${path}`, message });
  }
}

/** Reads a form into the data of an event. */
export function readForm(fields: readonly FormField[], values: FormValues, personOf: PersonOf): ReadForm {
  const reading = new Reading(values, personOf);
  const data = reading.fields(fields, (name) => name, '');
  return { data, faults: reading.faults, places: reading.places };
}

/** The field of the form that a fault is about: its own, or that of the nearest thing around it. */
export function fieldOfPath(path: string, places: ReadonlyMap<string, string>): string | undefined {
  let at = path.replace(/^(records\[0\]\.)?(data\.)?/, '');
  while (at !== '') {
    const name = places.get(at);
    if (name !== undefined) return name;
    at = at.includes('.')
      ? at.slice(0, at.lastIndexOf('.'))
      : at.replace(/\[\d+\]$/, '').replace(/^[^[]*$/, '');
  }
  return undefined;
}
