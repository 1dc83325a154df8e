import { parse } from 'csv-parse/sync';

/** A file that cannot be read as records: which line, and what to do. */
export class UnreadableFileError extends Error {
  readonly code = 'UNREADABLE_FILE';
}

/** One record as the API takes it. */
export type Item = Readonly<Record<string, unknown>>;

/** Columns that are fields of the data as they stand: of results of surveys. */
const textColumns = ['question', 'scale', 'answer', 'resultIn', 'result', 'source'];
const wholeColumns = ['attendees', 'base', 'responses', 'invited'];
const ownColumns = ['type', 'offer', 'from', 'to', 'title', 'bodies', 'comment', 'asPublished'];
const columns = [...ownColumns, ...textColumns, ...wholeColumns];

function fromLine(line: string, at: number, file: string): Item {
  try {
    const item: unknown = JSON.parse(line);
    if (typeof item === 'object' && item !== null && !Array.isArray(item)) return withoutQuarter(item);
  } catch {
    // Said below, with the line.
  }
  throw new UnreadableFileError(
    `${file}, line ${at + 1}: is no JSON object; write one {"type": …, "data": …} on each line.`,
  );
}

/** The quarter of a sample tells which import a record is of; it is no part of the record. */
function withoutQuarter(item: object): Item {
  const { quarter: _, ...rest } = item as { readonly quarter?: unknown };
  return rest;
}

/** "Watford: recipient; Elmbridge: partner"; without a role a body is a recipient. */
function bodies(cell: string): Item[] {
  return cell.split(';').flatMap((part) => {
    const [body = '', role = 'recipient'] = part.split(':').map((word) => word.trim());
    return body === '' ? [] : [{ body, role }];
  });
}

/** The cells of some columns that are filled in, by their names. */
function filled(
  row: Readonly<Record<string, string>>,
  names: readonly string[],
  read: (cell: string) => unknown,
): Item {
  return Object.fromEntries(
    names.flatMap((name) => {
      const cell = row[name] ?? '';
      return cell === '' ? [] : [[name, read(cell)]];
    }),
  );
}

function fromRow(row: Readonly<Record<string, string>>): Item {
  const { type = '', from, to, bodies: named = '', comment = '' } = row;
  return {
    type,
    data: {
      occurred: { from, to: to === undefined || to === '' ? from : to, basis: 'stated' },
      ...filled(row, ['offer', 'title', ...textColumns], (cell) => cell),
      ...(named !== '' && { bodies: bodies(named) }),
      ...filled(row, wholeColumns, (cell) => (/^\d+$/.test(cell) ? Number(cell) : cell)),
      ...filled(row, ['asPublished'], (cell) => (cell === 'yes' || cell === 'no' ? cell === 'yes' : cell)),
    },
    ...(comment !== '' && { comment }),
  };
}

function fromCsv(text: string, file: string): Item[] {
  let rows: string[][];
  try {
    rows = parse(text, { bom: true, skip_empty_lines: true });
  } catch (error) {
    throw new UnreadableFileError(
      `${file}: is no CSV (${error instanceof Error ? error.message : String(error)}).`,
    );
  }
  const [header = [], ...body] = rows;
  const unknown = header.filter((name) => !columns.includes(name));
  if (unknown.length > 0)
    throw new UnreadableFileError(
      `${file}, row 1: there is no column “${unknown[0]}”; columns are ${columns.join(', ')}.`,
    );
  return body.map((cells) => fromRow(Object.fromEntries(header.map((name, at) => [name, cells[at] ?? '']))));
}

/** One JSON document, for a command that sends it whole. @throws UnreadableFileError */
export function readJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UnreadableFileError(
      `${file}: is no JSON (${error instanceof Error ? error.message : String(error)}); put it right and give it again.`,
    );
  }
}

/** One JSON object, for a command that adds to it. @throws UnreadableFileError */
export function readObject(text: string, file: string): Item {
  const read = readJson(text, file);
  if (typeof read === 'object' && read !== null && !Array.isArray(read)) return { ...read };
  throw new UnreadableFileError(
    `${file}: is JSON, but no object; write {"field": value} with the fields of the step.`,
  );
}

/** Records from NDJSON or CSV, told apart by how the text begins. @throws UnreadableFileError */
export function readItems(text: string, file: string): Item[] {
  if (text.trim() === '') throw new UnreadableFileError(`${file}: is empty.`);
  if (!text.trimStart().startsWith('{')) return fromCsv(text, file);
  return text.split('\n').flatMap((line, at) => (line.trim() === '' ? [] : [fromLine(line, at, file)]));
}
