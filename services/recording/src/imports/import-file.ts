import { createHash } from 'node:crypto';
import { mostAnswers, parseStream, type StreamKind } from '@ledger/events';
import { CommandKeyReusedError, isLogError, type AppendResult, type EventLog } from '@ledger/event-log';
import { findReplay, stampCommand, type Command, type StampedCommand } from '../application/command';
import { refused } from '../application/faults';
import { isMeanwhile, mostAttempts } from '../application/meanwhile';
import type { Recording } from '../application/recording';
import { settleUnfinished } from '../application/unfinished-imports';
import { waitingStreams } from '../application/waiting';
import { importWrite, newImportId } from './accepted';
import {
  attempt,
  mostAtOnceOf,
  prepare,
  reportOf,
  type Attempt,
  type Importing,
  type SentFile,
} from './attempt-import';
import { areFew, countOf } from './answers';
import { tellingProgress } from './import-progress';
import { proposeFile, refuseProposal } from './propose-file';
import { recordInParts } from './record-in-parts';
import { isLoadable, type ImportReport } from './report';

/** Who imports, and whether it is tried only. */
export type ImportCommand = Omit<Command, 'request'>;

/** An import that is being recorded, by the hash of what was sent. */
interface Running {
  readonly hash: string;
  readonly report: Promise<ImportReport>;
}

/** Imports being recorded here, by log and command: the same command again waits for the same answer. */
const running = new WeakMap<EventLog, Map<string, Running>>();

/**
 * Imports a file, or tries to: every row is read, compared and decided, and all is recorded, or nothing where a row is
 * refused, asked about, or warned of without a comment. A file that changes nothing records nothing. Of a proposal all is
 * held back in one adjustment in the place of being recorded.
 * @throws UnreadableWorkbookError, DecisionRefused, EventLogError, ImportBrokenOffError
 */
export async function importFile(
  recording: Recording,
  sent: ImportCommand,
  file: SentFile,
): Promise<ImportReport> {
  if (file.answers !== undefined && !areFew(file.answers))
    throw refused('too-many', 'answers', `more than ${mostAnswers} answers; put the file itself right`);
  const request = {
    file: recording.parts.vault.keyed(createHash('sha256').update(file.bytes).digest('hex')),
    map: file.map,
    label: file.label ?? null,
    comment: file.comment ?? null,
    // A file without answers is the command that it was before there were any.
    ...(file.answers !== undefined && countOf(file.answers) > 0 && { answers: file.answers }),
    ...(file.proposal !== undefined && {
      proposal: { reason: file.proposal.reason, note: file.proposal.note ?? null },
    }),
  };
  const command = { ...sent, request };
  const scope = file.proposal === undefined ? 'import-file' : 'propose-import-file';
  const stamped = stampCommand(recording.parts.vault, scope, command);
  const { log } = recording.parts;
  const run = async (): Promise<ImportReport> =>
    tellingProgress(log, command.actor, async (tell) =>
      runImport({ recording, command, stamped, file, prepared: await prepare(recording, file), tell }),
    );
  if (command.dryRun === true) return run();
  const ofLog = running.get(log) ?? new Map<string, Running>();
  running.set(log, ofLog);
  const same = ofLog.get(stamped.id);
  if (same !== undefined) {
    if (same.hash !== stamped.stamp.hash) throw new CommandKeyReusedError(stamped.stamp.scope);
    return { ...(await same.report), replayed: true };
  }
  const report = run().finally(() => ofLog.delete(stamped.id));
  ofLog.set(stamped.id, { hash: stamped.stamp.hash, report });
  return report;
}

async function runImport(to: Omit<Importing, 'importId' | 'waiting'>): Promise<ImportReport> {
  const { recording, command, stamped } = to;
  const { log } = recording.parts;
  for (let tried = 1; ; tried++) {
    const replay = command.dryRun === true ? undefined : await findReplay(log, stamped);
    if (replay === undefined && command.dryRun !== true) await settleUnfinished(recording, command.actor);
    const before = replay === undefined ? undefined : madeBy(replay, 'adjustment');
    const waiting = await waitingStreams(recording, before);
    const importing = { ...to, importId: await newImportId(log, stamped), waiting };
    const now = await attempt(importing);
    if (replay !== undefined) return recordedAs(now.report, replay);
    if (!isLoadable(now.report.totals)) return now.report;
    refuseProposal(importing, now);
    if (command.dryRun === true) return now.report;
    const recorded = await record(importing, now);
    if ('report' in recorded) return recorded.report;
    if (tried >= mostAttempts)
      throw isLogError(recorded.changedMeanwhile)
        ? recorded.changedMeanwhile
        : refused('changed-meanwhile', 'file', 'others are changing the same records; send the file again');
  }
}

/** A report of what an append recorded, now or the first time. */
function recordedAs(
  report: ImportReport,
  { position, cursor, replayed, events }: AppendResult,
): ImportReport {
  const made = {
    import: madeBy({ events }, 'import') ?? null,
    proposed: madeBy({ events }, 'adjustment') ?? null,
  };
  return {
    ...report,
    recorded: made.proposed === null,
    replayed,
    ...made,
    position: String(position),
    cursor,
  };
}

/** What an append made of a kind that it makes one of. */
function madeBy({ events }: Pick<AppendResult, 'events'>, kind: StreamKind): string | undefined {
  return events.map(({ stream }) => parseStream(stream)).find((stream) => stream?.kind === kind)?.id;
}

/** Records what was tried: in one append where it fits into one. */
async function record(
  importing: Importing,
  tried: Attempt,
): Promise<{ readonly report: ImportReport } | { readonly changedMeanwhile: unknown }> {
  const { added } = tried.people;
  if (tried.tried.events === 0) return tried;
  const { proposal } = importing.file;
  if (proposal !== undefined) {
    const proposed = await proposeFile(importing, proposal, tried);
    if ('changedMeanwhile' in proposed) return proposed;
    const { now, result } = proposed;
    return { report: result === undefined ? now.report : recordedAs(now.report, result) };
  }
  // Everybody is in the vault before a record names them; their ids are then known, and the rows decided with them.
  if (added > 0) await tried.people.keep();
  let now = tried;
  if (tried.tried.events <= mostAtOnceOf(importing) && (added > 0 || tried.tried.pending === undefined)) {
    const again = await attempt(importing, 'few');
    now = { ...again, report: { ...again.report, totals: { ...again.report.totals, newPeople: added } } };
    if (!isLoadable(now.report.totals)) return now;
  }
  const { events, pending } = now.tried;
  if (pending === undefined) {
    const recorded = await recordInParts(importing, now.setting, now.tried);
    if ('changedMeanwhile' in recorded) return recorded;
    return {
      report: recordedAs(
        reportOf(importing, now.tried.rows, { ...now.report, newPeople: added }),
        recorded.result,
      ),
    };
  }
  const own = await importWrite(importing, now.setting, { rows: now.tried.rows.length, events });
  const { stamp, id }: StampedCommand = importing.stamped;
  try {
    const result = await importing.recording.parts.log.append({
      writes: [own, ...pending.writes()],
      checks: pending.checks(),
      command: stamp,
      correlationId: id,
      causationId: id,
    });
    return { report: recordedAs(now.report, result) };
  } catch (error) {
    if (isMeanwhile(error)) return { changedMeanwhile: error };
    throw error;
  }
}
