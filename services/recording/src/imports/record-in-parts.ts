import { derivedId, streamOf } from '@ledger/events';
import type { AppendCommand, AppendResult } from '@ledger/event-log';
import { stampedImport } from '../application/imports';
import { whileUnderWay } from '../application/imports-under-way';
import { inPartsBegun } from '../application/in-parts';
import { isMeanwhile, mostAttempts } from '../application/meanwhile';
import { takeBackUnfinished } from '../application/take-back';
import { acceptedFile } from './accepted';
import type { Importing } from './attempt-import';
import { RowDeciding, type DecidedRow, type RowSetting } from './decide-rows';
import type { ReadRow } from './read-row';
import type { TriedRows } from './try-rows';
import { takingTurns } from './turn-taking';

/** Rows that one append records: others are not kept waiting by so few, and what they are read into is soon let go of. */
const mostAtOnce = 500;

/** An import that stopped half-way, and could not be taken back at once. */
class ImportBrokenOffError extends Error {
  readonly code = 'IMPORT_BROKEN_OFF';
  constructor(importId: string, why: unknown) {
    super(
      `The import stopped half-way: ${why instanceof Error ? why.message : String(why)} What it came to is taken back when the ledger is started again, or before the next import; until then figures say that they are incomplete. Then send the file again. The import is ${importId}.`,
      { cause: why },
    );
    this.name = 'ImportBrokenOffError';
  }
}

/** A row that could be recorded when the file was tried, and cannot any more. */
class RowChangedError extends Error {}

/** An import that was recorded in several appends, or what stood in its way. */
export type RecordedInParts = { readonly result: AppendResult } | { readonly changedMeanwhile: unknown };

/**
 * Records a file that is more than one append takes: ImportAccepted, its rows in parts, ImportCompleted. Between them the
 * import is incomplete, which every figure says. What goes wrong in a part is taken back with all parts before it.
 * @param tried what the rows came to when they were tried; what they come to as they are recorded goes in their place.
 *   It begins only where no year was closed since then.
 * @throws ImportBrokenOffError where even that is not possible; EventLogError
 */
export async function recordInParts(
  importing: Importing,
  setting: RowSetting,
  tried: Pick<TriedRows, 'rows' | 'checks'>,
): Promise<RecordedInParts> {
  const { recording, command, importId } = importing;
  return whileUnderWay(recording.parts.log, [importId], async () => {
    try {
      return { result: await recordAll(importing, setting, tried) };
    } catch (error) {
      const begun = await recording.parts.log.streamRevision(streamOf('import', importId));
      if (begun === undefined) {
        if (isMeanwhile(error)) return { changedMeanwhile: error };
        throw error;
      }
      try {
        await takeBackUnfinished(recording, importId, command);
      } catch {
        throw new ImportBrokenOffError(importId, error);
      }
      if (error instanceof RowChangedError || isMeanwhile(error)) return { changedMeanwhile: error };
      throw error;
    }
  });
}

async function recordAll(
  importing: Importing,
  setting: RowSetting,
  tried: Pick<TriedRows, 'rows' | 'checks'>,
): Promise<AppendResult> {
  const { recording, stamped, importId, tell } = importing;
  const { log } = recording.parts;
  const { reader, people } = setting;
  const own = streamOf('import', importId);
  const ids = { correlationId: stamped.id, causationId: stamped.id };
  const accepted = stampedImport(
    { id: importId },
    'ImportAccepted',
    await acceptedFile(importing, setting, reader.total),
  );
  await log.append({
    writes: [{ stream: own, expected: 'no-stream', events: [accepted] }, inPartsBegun('import', [importId])],
    checks: tried.checks,
    command: partCommand(importing, 'begin'),
    ...ids,
  });
  let [done, read, events] = [0, 0, 0];
  // A row may be two events: a record brought back, and corrected.
  const atOnce = Math.max(1, Math.min(mostAtOnce, Math.floor(log.limits.appendEvents / 4)));
  let part: ReadRow[] = [];
  const record = async (): Promise<void> => {
    const recorded = await recordPart(importing, setting, part, done);
    for (const row of recorded.rows) {
      // What the rows came to when they were tried is held already, and mostly the same.
      if (!isSame(row, tried.rows[done])) tried.rows[done] = row;
      done += 1;
    }
    events += recorded.events;
    part = [];
  };
  for await (const row of reader.rows(people)) {
    await takingTurns(read, reader.total, 'recording', tell);
    read += 1;
    part.push(row);
    if (part.length >= atOnce) await record();
  }
  if (part.length > 0) await record();
  const completed = stampedImport({ id: importId }, 'ImportCompleted', { events });
  return log.append({
    writes: [{ stream: own, expected: 0n, events: [completed] }],
    // The last append has the command's own key: the command is done when all of it is.
    command: stamped.stamp,
    ...ids,
  });
}

function isSame({ report, id }: DecidedRow, tried: DecidedRow | undefined): boolean {
  return (
    report.outcome === 'new' &&
    report.faults.length === 0 &&
    tried?.report.outcome === 'new' &&
    tried.report.record !== undefined &&
    tried.id === id
  );
}

function partCommand({ recording, stamped, importId }: Importing, part: string): AppendCommand {
  const { actor, hash } = stamped.stamp;
  return { actor, scope: 'import-file-part', key: recording.parts.vault.keyed(`${importId}/${part}`), hash };
}

async function recordPart(
  importing: Importing,
  setting: RowSetting,
  part: readonly ReadRow[],
  from: number,
): Promise<{ readonly rows: readonly DecidedRow[]; readonly events: number }> {
  const { recording, stamped, importId } = importing;
  const deciding = new RowDeciding(setting);
  const command = partCommand(importing, String(from));
  for (let tried = 1; ; tried++) {
    const id = derivedId('import-part', importId, String(from));
    const pending = recording.pending({ id, stamp: stamped.stamp }, setting.reader.reference);
    const rows: DecidedRow[] = [];
    for (const row of part) {
      const { content: _content, ...decided } = await deciding.decide(row, pending);
      if (!['new', 'changes', 'unchanged'].includes(decided.report.outcome)) throw new RowChangedError();
      rows.push(decided);
    }
    const writes = pending.writes();
    if (writes.length === 0) return { rows, events: 0 };
    try {
      await recording.parts.log.append({
        writes,
        checks: pending.checks(),
        command,
        correlationId: stamped.id,
        causationId: stamped.id,
      });
      return { rows, events: pending.eventCount };
    } catch (error) {
      if (!isMeanwhile(error) || tried >= mostAttempts) throw error;
    }
  }
}
