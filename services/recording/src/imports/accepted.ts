import { createHash } from 'node:crypto';
import { canonicalJson, derivedId, streamOf, type EventData, type NoteRef } from '@ledger/events';
import type { EventLog, StreamWrite } from '@ledger/event-log';
import { typeTitle } from '@ledger/pages';
import type { StampedCommand } from '../application/command';
import { stampedImport } from '../application/imports';
import { personsIn } from '../application/persons-in';
import type { AnsweredCell } from './answered-sheets';
import type { Importing } from './attempt-import';
import type { RowSetting } from './decide-rows';

/** What is recorded of a file that is accepted; its name and plain hash go to the vault, and so does what was answered. */
export async function acceptedFile(
  importing: Importing,
  setting: Pick<RowSetting, 'reader' | 'people'>,
  rows: number,
): Promise<EventData<'ImportAccepted'>> {
  const { recording, stamped, file, prepared } = importing;
  const { mapping, sheets } = prepared;
  const { vault } = recording.parts;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const fileRef = await vault.putNote({
    commandKey: `${stamped.id}/file`,
    text: JSON.stringify({ name: file.name, sha256 }),
  });
  const answers = await answersOf(importing, setting);
  return {
    label: file.label ?? typeTitle(mapping.type),
    rows,
    contentHash: vault.keyed(sha256),
    mapping: mapping.name,
    sheets: sheets.map(({ lastRow }) => lastRow),
    fileRef,
    ...(answers !== undefined && { answers }),
  };
}

/**
 * What was answered about a file. What stood in a cell and what was read may name people, so both are in the vault, where
 * the log's hash of them proves them: those of a row about somebody go with that person when he or she is erased.
 */
async function answersOf(
  { recording, stamped, prepared: { answered, sheets } }: Importing,
  { reader, people }: Pick<RowSetting, 'reader' | 'people'>,
): Promise<EventData<'ImportAccepted'>['answers']> {
  const { cells, rows } = answered;
  if (cells.length + rows.length === 0) return undefined;
  const numberOf = ({ sheet, row }: Pick<AnsweredCell, 'sheet' | 'row'>): number =>
    reader.rowNumber({ sheet: sheets.findIndex(({ name }) => name === sheet), row });
  const byRow = new Map<number, AnsweredCell[]>();
  for (const cell of cells) byRow.set(numberOf(cell), [...(byRow.get(numberOf(cell)) ?? []), cell]);
  const notes: NoteRef[] = [];
  const keep = async (
    part: string,
    said: readonly AnsweredCell[],
    about: readonly string[],
  ): Promise<void> => {
    if (said.length === 0) return;
    const commandKey = `${stamped.id}/answers/${part}`;
    notes.push(await recording.parts.vault.putNote({ commandKey, text: canonicalJson(said), about }));
  };
  const aboutNobody: AnsweredCell[] = [];
  for await (const row of reader.rows(people, 'answered')) {
    const said = byRow.get(reader.rowNumber(row)) ?? [];
    const about = row.content === undefined ? [] : personsIn([row.content]);
    if (about.length === 0) aboutNobody.push(...said);
    else await keep(String(reader.rowNumber(row)), said, about);
  }
  await keep('nobody', aboutNobody, []);
  const answeredAs = (wanted: 'leave' | 'take'): number[] =>
    rows.filter(({ answer }) => answer === wanted).map(numberOf);
  return { cells: cells.length, left: answeredAs('leave'), taken: answeredAs('take'), notes };
}

/** The import's own stream, where all of it is in one append: it is accepted, and it is complete. */
export async function importWrite(
  importing: Importing,
  setting: Pick<RowSetting, 'reader' | 'people'>,
  { rows, events }: { readonly rows: number; readonly events: number },
): Promise<StreamWrite> {
  const { importId: id } = importing;
  return {
    stream: streamOf('import', id),
    expected: 'no-stream',
    events: [
      stampedImport({ id }, 'ImportAccepted', await acceptedFile(importing, setting, rows)),
      stampedImport({ id }, 'ImportCompleted', { events }),
    ],
  };
}

/** The id of the import that a command makes: another one each time it was begun, broke off and was taken back. */
export async function newImportId(
  log: Pick<EventLog, 'streamRevision'>,
  { id }: StampedCommand,
): Promise<string> {
  for (let begun = 1; ; begun++) {
    const importId = begun === 1 ? derivedId('import', id) : derivedId('import', id, String(begun));
    if ((await log.streamRevision(streamOf('import', importId))) === undefined) return importId;
  }
}
