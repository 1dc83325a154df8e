import { createHash } from 'node:crypto';
import { derivedId, streamOf } from '@ledger/events';
import { isLogError, type StreamWrite } from '@ledger/event-log';
import { typeTitle } from '@ledger/pages';
import { findReplay, stampCommand, type Command } from '../application/command';
import { refused } from '../application/faults';
import { stampedImport } from '../application/imports';
import type { Recording } from '../application/recording';
import { attempt, prepare, type Importing, type SentFile } from './attempt-import';
import { isLoadable, type ImportReport } from './report';
import type { ImportProgress } from './turn-taking';

/** Who imports, and whether it is tried only. */
export type ImportCommand = Omit<Command, 'request'>;

/** How often an import is decided anew when someone else wrote first. */
const mostAttempts = 5;

/** What an import that is accepted writes first: itself, with its file named in the vault. */
async function ownWrite(importing: Importing, rows: number, events: number): Promise<StreamWrite> {
  const { recording, stamped, file, prepared, importId } = importing;
  const { mapping, sheets } = prepared;
  const { vault } = recording.parts;
  const sha256 = createHash('sha256').update(file.bytes).digest('hex');
  const fileRef = await vault.putNote({
    commandKey: `${stamped.id}/file`,
    text: JSON.stringify({ name: file.name, sha256 }),
  });
  const accepted = {
    label: file.label ?? typeTitle(mapping.type),
    rows,
    contentHash: vault.keyed(sha256),
    mapping: mapping.name,
    sheets: sheets.map(({ lastRow }) => lastRow),
    fileRef,
  };
  return {
    stream: streamOf('import', importId),
    expected: 'no-stream',
    events: [
      stampedImport(stamped, 'ImportAccepted', accepted),
      stampedImport(stamped, 'ImportCompleted', { events }),
    ],
  };
}

/**
 * Imports a file, or tries to: every row is read, compared and decided, and all is recorded in one append, or nothing
 * where a row is refused, asked about, or warned of without a comment. A file that changes nothing records nothing.
 * @throws UnreadableWorkbookError, DecisionRefused, EventLogError
 */
export async function importFile(
  recording: Recording,
  sent: ImportCommand,
  file: SentFile,
  tell?: (progress: ImportProgress) => void,
): Promise<ImportReport> {
  const prepared = await prepare(recording, file);
  const request = {
    file: recording.parts.vault.keyed(createHash('sha256').update(file.bytes).digest('hex')),
    map: file.map,
    label: file.label ?? null,
    comment: file.comment ?? null,
  };
  const command = { ...sent, request };
  const stamped = stampCommand(recording.parts.vault, 'import-file', command);
  const importId = derivedId('import', stamped.id);
  const importing = { recording, command, stamped, file, prepared, importId, tell };
  for (let tried = 1; ; tried++) {
    const replay = sent.dryRun === true ? undefined : await findReplay(recording.parts.log, stamped);
    let now = await attempt(importing);
    if (replay !== undefined) {
      const { position, cursor } = replay;
      const own = { import: importId, position: String(position), cursor };
      return { ...now.report, ...own, recorded: true, replayed: true };
    }
    if (sent.dryRun === true || !isLoadable(now.report.totals)) return now.report;
    if (now.people.added > 0) {
      // Everybody is in the vault before a record names them; their ids are then known, and the rows decided with them.
      const { added } = now.people;
      await now.people.keep();
      const again = await attempt(importing);
      now = { ...again, report: { ...again.report, totals: { ...again.report.totals, newPeople: added } } };
      if (!isLoadable(now.report.totals)) return now.report;
    }
    const { rows, events, pending } = now.tried;
    if (events === 0) return now.report;
    if (pending === undefined)
      throw refused('too-many', 'file', `the file would record ${events} events at once; part it`);
    try {
      const result = await recording.parts.log.append({
        writes: [await ownWrite(importing, rows.length, events), ...pending.writes()],
        checks: pending.checks(),
        command: stamped.stamp,
        correlationId: stamped.id,
        causationId: stamped.id,
      });
      const { position, cursor, replayed } = result;
      return {
        ...now.report,
        recorded: true,
        replayed,
        import: importId,
        position: String(position),
        cursor,
      };
    } catch (error) {
      const meanwhile = isLogError(error, 'WRONG_EXPECTED_STATE') || isLogError(error, 'CHECK_FAILED');
      if (!meanwhile || tried >= mostAttempts) throw error;
    }
  }
}
