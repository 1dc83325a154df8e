import { parseSpanText } from '@ledger/calendar';
import { DecisionRefused, whyNoDay, type Fault } from '@ledger/domain';
import { Id, type LedgerEvent } from '@ledger/events';
import { resolveContent } from '../application/resolve-content';
import { formFields, type FieldKind, type FormField, type FormType } from '../forms/form-fields';
import { rowCount, rowField } from '../forms/form-names';
import { fieldOfPath, readForm } from '../forms/read-form';
import { isOfAnotherTime } from './body-lookup';
import type { PeopleInFile } from './people-in-file';
import { isExplained, rejection, type RowFault } from './row-faults';
import type { RowValues, ValueSetting } from './row-values';

/** A row of a file, read. */
export interface ReadRow {
  /** The index of its sheet in the file, and its number there. */
  readonly sheet: number;
  readonly row: number;
  /** What it says, where it can be read whole. */
  readonly content: LedgerEvent | undefined;
  readonly faults: RowFault[];
  readonly comment: string | undefined;
  readonly reference: string | undefined;
  /** The first day of the membership that the row ends. */
  readonly began: string | undefined;
  /** The column that a path in the data was read from. */
  readonly columnOf: (path: string) => string | null;
  /** What a column of the row holds, as text. */
  readonly textIn: (column: string) => string;
  /** What a column of the row is read as, and what its numbers count. */
  readonly readAs: (column: string) => ReadAs | undefined;
}

/** What a column is read as. */
export interface ReadAs {
  readonly kind: FieldKind;
  readonly counts: 'pounds' | 'thousands' | 'millions' | undefined;
}

/** Every field of a kind on the form, as its values name it. */
function fieldsOfKind(
  fields: readonly FormField[],
  kind: FormField['kind'],
  { values }: RowValues,
): string[] {
  return fields.flatMap((field) => {
    if (field.kind === kind) return field.name in values ? [field.name] : [];
    if (field.kind !== 'rows') return [];
    return field.fields
      .filter((inner) => inner.kind === kind)
      .flatMap(({ name }) =>
        Array.from({ length: rowCount(field, values) }, (_, row) => rowField(field.name, row, name)).filter(
          (at) => at in values,
        ),
      );
  });
}

function columnOfField(read: RowValues, field: string): string | null {
  const rows = /^(\w+)-\d+-/.exec(field)?.[1];
  return read.columns.get(field) ?? (rows === undefined ? null : (read.columns.get(rows) ?? null));
}

/** Puts the ids of bodies in the place of their names. */
function lookUpBodies(fields: readonly FormField[], read: RowValues, { bodies }: ValueSetting): void {
  const { from, to } = read.days;
  for (const field of fieldsOfKind(fields, 'body', read)) {
    const found = bodies.over(read.values[field] ?? '', from, to);
    if ('id' in found) read.values[field] = found.id;
    // One that ended, or had not begun, may be right on the day that is meant.
    else if (read.isDayUnreadable && isOfAnotherTime(found.fault.message)) read.said.add(field);
    else read.fault(field, found.fault, columnOfField(read, field));
  }
}

/** Puts the ids of records in the place of what their team calls them. */
function lookUpRecords(fields: readonly FormField[], read: RowValues, { idOfReference }: ValueSetting): void {
  for (const field of fieldsOfKind(fields, 'record', read)) {
    const named = read.values[field] ?? '';
    if (!Id.safeParse(named).success) read.values[field] = idOfReference(named);
  }
}

async function lookUpPeople(
  fields: readonly FormField[],
  read: RowValues,
  people: PeopleInFile,
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  for (const field of fieldsOfKind(fields, 'person', read)) {
    const home = field.replace(/person$/, 'home');
    const meant = await people.meant(
      read.values[field] ?? '',
      read.values['body'] ?? read.values[home] ?? '',
    );
    if ('id' in meant) ids.set(field, meant.id);
    else read.fault(field, meant.fault, columnOfField(read, field));
  }
  return ids;
}

function saidOfMissing(
  fields: readonly FormField[],
  field: string | undefined,
  { columns }: RowValues,
): string {
  const label = fields.find(({ name }) => name === field)?.label.replace(/\?$/, '') ?? field ?? 'something';
  return columns.has(field ?? '')
    ? `“${label}” is empty; fill it in`
    : `“${label}” is not said; give it a column, or a value in the mapping`;
}

/** The first day of the membership that a row ends, as the ledger writes days: however it is typed, it is one day. */
function beganOn(read: RowValues): string | undefined {
  const typed = read.beside.get('began');
  if (typed === undefined) return undefined;
  const span = parseSpanText(typed);
  if ('from' in span && span.from === span.to) return span.from;
  const problem = 'problem' in span ? span.problem : `“${typed}” is no single day; write it as 1 April 2019`;
  read.fault('began', rejection('unreadable', problem));
  return undefined;
}

/**
 * Says of a row in which something else is wrong that its days do not exist, which the rules say of what can be read: so
 * that it is put right in one go.
 */
function sayDaysToo({ values }: RowValues, fault: (one: Fault) => void): void {
  const span = parseSpanText(values['occurred'] ?? '');
  if (!('from' in span)) return;
  for (const end of ['from', 'to'] as const) {
    const message = whyNoDay(span[end]);
    if (message !== null) fault({ path: `data.occurred.${end}`, code: 'date-exists', message });
  }
}

/** Reads the values of a row as the content of an event: as a form is read, by the same rules. */
export async function readRow(
  at: Pick<ReadRow, 'sheet' | 'row' | 'textIn' | 'readAs'> & { readonly type: FormType },
  read: RowValues,
  people: PeopleInFile,
): Promise<ReadRow> {
  const { setting } = read;
  const fields = formFields(at.type);
  lookUpBodies(fields, read, setting);
  lookUpRecords(fields, read, setting);
  const persons = await lookUpPeople(fields, read, people);
  const form = readForm(fields, read.values, (field) => persons.get(field));
  const columnOf = (path: string): string | null => {
    const ofEnd = read.columns.get(path.replace(/^data\./, ''));
    if (ofEnd !== undefined) return ofEnd;
    const field = fieldOfPath(path, form.places);
    return field === undefined ? null : columnOfField(read, field);
  };
  const fault = ({ path, code, message }: Fault): void => {
    const field = fieldOfPath(path, form.places);
    const rows = /^(\w+)-\d+-/.exec(field ?? '')?.[1];
    // What is wrong with a cell is said once.
    if (field !== undefined && (read.said.has(field) || (rows !== undefined && read.said.has(rows)))) return;
    const missing = code === 'missing' || (code === 'too-small' && rows !== undefined);
    if (missing && isExplained(read.faults, columnOf(path))) return;
    const said = missing ? saidOfMissing(fields, rows ?? field, read) : message;
    read.fault(
      field ?? path,
      { level: 'rejected', code: missing ? 'missing' : code, message: said },
      columnOf(path),
    );
  };
  for (const one of form.faults) fault(one);
  const began = beganOn(read);
  let content: LedgerEvent | undefined;
  try {
    content = resolveContent(at.type, form.data, setting.reference, setting.today, setting.bodies.resolve);
  } catch (error) {
    if (!(error instanceof DecisionRefused)) throw error;
    for (const one of error.faults) fault(one);
  }
  if (content === undefined) sayDaysToo(read, fault);
  return {
    ...at,
    content: read.faults.length === 0 ? content : undefined,
    faults: read.faults,
    comment: read.beside.get('comment'),
    reference: read.beside.get('reference'),
    began,
    columnOf,
  };
}
