import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isLondonDate } from '@ledger/calendar';
import { derivedId, eventDefinitions, streamOf, type EventType } from '@ledger/events';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';

/** An event that a register file asks for; its id is derived from what it says, so loading again adds nothing. */
export interface RegisterFileEvent {
  readonly bodyId: string;
  readonly stream: string;
  readonly type: EventType;
  readonly eventId: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** The file's row it came from; the header is row 1. */
  readonly row: number;
}

/** What is wrong with a register file, and where. */
export interface RegisterFileFault {
  readonly row: number;
  readonly column: string;
  readonly message: string;
}

/** A register file that cannot be loaded; nothing of it is. */
export class RegisterFileError extends Error {
  readonly code = 'REGISTER_FILE_INVALID';
  constructor(
    readonly file: string,
    readonly faults: readonly RegisterFileFault[],
  ) {
    const [first] = faults;
    super(
      `${file} cannot be loaded: ${first === undefined ? '' : `row ${first.row}, ${first.column}: ${first.message}`}` +
        (faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''),
    );
    this.name = 'RegisterFileError';
  }
}

const bodyColumns = [
  'key',
  'name',
  'other_names',
  'type',
  'region',
  'county',
  'from',
  'until',
  'successors',
  'gss',
  'former_gss',
  'local_authority_code',
  'ecode',
  'gov_uk_slug',
] as const;
const controlColumns = ['key', 'from', 'to', 'control', 'seats', 'detail', 'source'] as const;

type Row<C extends readonly string[]> = Readonly<Record<C[number], string>>;

/** The id of the body with a readable key of the register file. */
export function bodyIdOf(key: string): string {
  return derivedId('body', key);
}

function readRows<const C extends readonly string[]>(file: string, text: string, columns: C): Row<C>[] {
  let lines: string[][];
  try {
    lines = parse(text, { bom: true, skip_empty_lines: true, relax_column_count: true });
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    throw new RegisterFileError(file, [{ row: 1, column: 'file', message: `is no CSV: ${problem}` }]);
  }
  const [header = [], ...rows] = lines;
  const missing = columns.filter((column) => !header.includes(column));
  if (missing.length > 0)
    throw new RegisterFileError(
      file,
      missing.map((column) => ({
        row: 1,
        column,
        message: `the column is missing; columns are: ${columns.join(', ')}`,
      })),
    );
  return rows.map((cells) =>
    Object.fromEntries(header.map((name, at) => [name, cells[at] ?? ''])),
  ) as Row<C>[];
}

/** Collects events and what is wrong, so that all faults of a file are said at once. */
class FileReading {
  readonly events: RegisterFileEvent[] = [];
  readonly faults: RegisterFileFault[] = [];

  add(row: number, key: string, type: EventType, data: Readonly<Record<string, unknown>>): void {
    const valid = eventDefinitions[type].data.safeParse(data);
    if (!valid.success) {
      for (const issue of valid.error.issues)
        this.fault(row, issue.path.join('.'), z.prettifyError({ issues: [issue] }));
      return;
    }
    const bodyId = bodyIdOf(key);
    // What it says makes it the same fact, whoever says so.
    const { source: _, ...said } = data;
    const eventId = derivedId('register-event', key, type, JSON.stringify(said));
    this.events.push({ bodyId, stream: streamOf('body', bodyId), type, eventId, data, row });
  }

  fault(row: number, column: string, message: string): void {
    this.faults.push({ row, column, message });
  }

  /** The date of a cell, null where empty. */
  date(row: number, column: string, text: string): string | null {
    if (text === '') return null;
    if (!isLondonDate(text)) this.fault(row, column, `“${text}” is no date; write it as 2027-04-01`);
    return text;
  }

  finish(file: string): readonly RegisterFileEvent[] {
    if (this.faults.length > 0) throw new RegisterFileError(file, this.faults);
    return this.events;
  }
}

/** Left out where empty: optional members are absent, never empty. */
function optional<K extends string>(name: K, value: string): Partial<Record<K, string>> {
  return value === '' ? {} : ({ [name]: value } as Partial<Record<K, string>>);
}

function readBody(reading: FileReading, row: number, cells: Row<typeof bodyColumns>, source: string): void {
  const codes = [
    { system: 'gss', code: cells.gss },
    { system: 'local-authority-code', code: cells.local_authority_code },
    { system: 'ecode', code: cells.ecode },
    { system: 'gov-uk-slug', code: cells.gov_uk_slug },
  ].filter(({ code }) => code !== '');
  const otherNames = cells.other_names
    .split(';')
    .flatMap((name) => (name.trim() === '' ? [] : [name.trim()]));
  reading.add(row, cells.key, 'BodyRegistered', {
    kind: 'council',
    name: cells.name,
    ...(otherNames.length > 0 && { otherNames }),
    ...optional('type', cells.type),
    ...optional('region', cells.region),
    ...(cells.county !== '' && { county: bodyIdOf(cells.county) }),
    codes,
    from: reading.date(row, 'from', cells.from),
    source,
  });
  for (const code of cells.former_gss.split(' ').filter((text) => text !== ''))
    reading.add(row, cells.key, 'CodeAssigned', { system: 'gss', code, from: null, former: true, source });
  const on = reading.date(row, 'until', cells.until);
  if (on === null) return;
  const successors = cells.successors
    .split(';')
    .filter((text) => text !== '')
    .map((text) => {
      const [key = '', lineage = ''] = text.split(':');
      return { body: bodyIdOf(key), lineage };
    });
  reading.add(row, cells.key, 'BodyDissolved', { on, successors, source });
}

/** Reads a table of councils. @throws RegisterFileError listing every fault */
export function readBodiesFile(
  text: string,
  file = 'bodies.csv',
  source = 'mysociety-1.6.1',
): readonly RegisterFileEvent[] {
  const reading = new FileReading();
  readRows(file, text, bodyColumns).forEach((cells, at) => readBody(reading, at + 2, cells, source));
  return reading.finish(file);
}

/** Reads a table of control. @throws RegisterFileError listing every fault */
export function readControlFile(text: string, file = 'control.csv'): readonly RegisterFileEvent[] {
  const reading = new FileReading();
  readRows(file, text, controlColumns).forEach((cells, at) => {
    const row = at + 2;
    const to = reading.date(row, 'to', cells.to);
    const seats = Number(cells.seats);
    if (cells.seats !== '' && !Number.isInteger(seats))
      reading.fault(row, 'seats', `“${cells.seats}” is no whole number of seats`);
    reading.add(row, cells.key, 'ControlRecorded', {
      control: cells.control,
      from: reading.date(row, 'from', cells.from) ?? '',
      ...(to !== null && { to }),
      ...optional('detail', cells.detail),
      ...(cells.seats !== '' && { seats }),
      source: cells.source,
    });
  });
  return reading.finish(file);
}

/** Which of the two tables a text is, by its header. @throws RegisterFileError where it is neither */
export function readRegisterFile(text: string, file: string, source: string): readonly RegisterFileEvent[] {
  const header = text.slice(0, 400).split('\n')[0] ?? '';
  return header.includes('control') ? readControlFile(text, file) : readBodiesFile(text, file, source);
}

const dataFolder = (): string => join(__dirname, '..', 'data');

/** The events of the register that is shipped: every council since April 2015 and its control by year. */
export function shippedRegister(): readonly RegisterFileEvent[] {
  const text = (name: string): string => readFileSync(join(dataFolder(), name), 'utf8');
  return [...readBodiesFile(text('bodies.csv')), ...readControlFile(text('control.csv'))];
}

/** The text of a file of the register's data folder, for tests and `ledger load-register`. */
export function registerDataPath(name: string): string {
  return join(dataFolder(), name);
}
