import type { Programmes } from '@ledger/access';
import { partOfReversal, refuseIfAny, type WithheldWrite } from '@ledger/domain';
import { decodeStoredBody, derivedId, streamOf, type CorrectionReason, type NoteRef } from '@ledger/events';
import type { AppendCommand, EventLog, StreamCheck, StreamWrite } from '@ledger/event-log';
import {
  byStream,
  eventsOfImport,
  importState,
  type ImportedEvent,
  type ImportState,
} from './imported-events';
import { stampedImport } from './imports';
import { whileUnderWay } from './imports-under-way';
import { inPartsBegun } from './in-parts';
import { isMeanwhile, mostAttempts } from './meanwhile';
import { asWrite, isCurrent, readAdjustment } from './read-adjustment';
import type { Recording } from './recording';
import { correctsBack, nothingUndone, together, undoInStream, undoneBy, type Undone } from './undo-import';

/** Records that one append undoes: few enough that others are not kept waiting by it. */
const mostAtOnce = 500;

/** Who takes back, and why. */
export interface TakingBack {
  readonly actor: string;
  readonly programmes: Programmes;
  readonly reason: CorrectionReason;
  readonly noteRef?: NoteRef | undefined;
  /** The approved adjustment that holds what undoes it: then it is undone in closed time too. */
  readonly adjustment?: string | undefined;
}

/** The command of one append of a reversal. */
function partCommand({ parts }: Recording, actor: string, ...named: readonly string[]): AppendCommand {
  const key = parts.vault.keyed(JSON.stringify(named));
  return { actor, scope: partOfReversal, key, hash: key };
}

/** The streams that a reversal which began has been through, and what it did there. */
async function undoneBefore(
  log: EventLog,
  id: string,
  { reversal }: ImportState,
): Promise<{ readonly streams: ReadonlySet<string>; readonly undone: Undone }> {
  const streams = new Set<string>();
  let [withdrawn, correctedBack] = [0, 0];
  if (reversal !== undefined)
    for await (const { bytes } of log.readAll({ from: reversal.position })) {
      const { command, correlationId, stream, type } = decodeStoredBody(bytes);
      if (command.scope !== partOfReversal || correlationId !== id || stream === streamOf('import', id))
        continue;
      streams.add(stream);
      if (correctsBack(type)) correctedBack += 1;
      else withdrawn += 1;
    }
  return { streams, undone: { withdrawn, correctedBack } };
}

/**
 * Says in the imports' own streams that they are being taken back, so that it is seen, and finished whatever happens.
 * @param checks the closings on which it was decided that all of it can be taken back
 * @param beside what is recorded with it: the approval of an adjustment
 */
export async function beginTakingBack(
  recording: Recording,
  ids: readonly string[],
  { actor, reason, noteRef, adjustment }: TakingBack,
  checks: readonly StreamCheck[] = [],
  beside: readonly StreamWrite[] = [],
): Promise<void> {
  const { log } = recording.parts;
  const writes: StreamWrite[] = [];
  const begun: string[] = [];
  for (const id of ids) {
    const { reversal, revision } = await importState(log, id);
    if (reversal !== undefined) continue;
    const data = {
      reason,
      ...(noteRef !== undefined && { noteRef }),
      ...(adjustment !== undefined && { adjustment }),
    };
    const events = [stampedImport({ id }, 'ImportReversalAccepted', data)];
    writes.push({ stream: streamOf('import', id), expected: revision, events });
    begun.push(id);
  }
  if (begun.length === 0) return;
  const command = partCommand(recording, actor, 'begin', ...writes.map(({ stream }) => stream));
  const [first = ''] = ids;
  await log.append({
    writes: [...beside, ...writes, inPartsBegun('reversal', begun)],
    checks,
    command,
    correlationId: first,
    causationId: first,
  });
}

/**
 * Undoes in each stream what an import did there, some hundred records at a time; where it was begun, it goes on.
 * @param approved what the adjustment holds back that is approved, where it is read already
 */
export async function undoInParts(
  recording: Recording,
  id: string,
  taking: TakingBack,
  approved?: readonly WithheldWrite[],
): Promise<Undone> {
  const { log } = recording.parts;
  const held = new Map(
    (approved ?? (await withheldBy(log, taking.adjustment))).map((write) => [write.stream, write]),
  );
  const state = await importState(log, id);
  const before = await undoneBefore(log, id, state);
  const streams = byStream(await eventsOfImport(log, id, state));
  const left = [...streams].filter(([stream]) => !before.streams.has(stream));
  let undone = before.undone;
  const atOnce = Math.max(1, Math.min(mostAtOnce, Math.floor(log.limits.appendEvents / 4)));
  for (let from = 0; from < left.length; from += atOnce) {
    const part = left.slice(from, from + atOnce);
    undone = together(undone, await undoPart(recording, id, part, taking, held));
  }
  return undone;
}

type WithheldByStream = ReadonlyMap<string, WithheldWrite>;

/** What an approved adjustment holds back. */
async function withheldBy(log: EventLog, adjustment: string | undefined): Promise<readonly WithheldWrite[]> {
  return adjustment === undefined ? [] : (await readAdjustment(log, adjustment)).writes;
}

/**
 * Undoes a part. Of an adjustment that is what a second person approved; a record that was changed in the moment between
 * is decided on anew, since no half of a file may stand.
 */
async function undoPart(
  recording: Recording,
  id: string,
  streams: readonly (readonly [string, readonly ImportedEvent[]])[],
  { actor, programmes, adjustment }: TakingBack,
  withheld: WithheldByStream,
): Promise<Undone> {
  const { log } = recording.parts;
  for (let tried = 1; ; tried++) {
    // Named by where it begins, so that a part that is decided anew, with other records, is another one.
    const [[first] = ['']] = streams;
    const at = await log.streamRevision(first);
    const command = partCommand(recording, actor, id, first, String(at));
    const part = { stamp: command, id: derivedId('reversal-part', id, first, String(at)) };
    const pending = recording.pending(part, await recording.parts.reference());
    const held: StreamWrite[] = [];
    let undone = nothingUndone;
    for (const [stream, events] of streams) {
      const approved = withheld.get(stream);
      if (approved !== undefined && (await isCurrent(log, approved))) {
        held.push(asWrite(approved));
        undone = together(undone, undoneBy(approved.events));
      } else undone = together(undone, await undoInStream(pending, stream, events, programmes));
    }
    if (adjustment === undefined) refuseIfAny(await pending.closedFaults());
    const writes = [...held, ...pending.writes()];
    if (writes.length === 0) return undone;
    try {
      await log.append({ writes, checks: pending.checks(), command, correlationId: id, causationId: id });
      return undone;
    } catch (error) {
      if (!isMeanwhile(error) || tried >= mostAttempts) throw error;
    }
  }
}

/** The end of a reversal in an import's own stream: a summary that counts nothing. */
export async function reversedWrite(
  { parts }: Recording,
  id: string,
  undone: Undone,
  { reason, noteRef }: Pick<TakingBack, 'reason' | 'noteRef'>,
): Promise<StreamWrite> {
  const data = { ...undone, reason, ...(noteRef !== undefined && { noteRef }) };
  const { revision } = await importState(parts.log, id);
  const events = [stampedImport({ id }, 'ImportReversed', data)];
  return { stream: streamOf('import', id), expected: revision, events };
}

/**
 * Takes back an import that broke off, or finishes taking one back. It needs nothing but the log: what was imported may
 * be sent again afterwards. Records that were changed meanwhile are taken back too, since no half of a file may stand.
 * @throws DecisionRefused where a record lies in closed time by now; EventLogError
 */
export async function takeBackUnfinished(
  recording: Recording,
  id: string,
  by: Pick<TakingBack, 'actor' | 'programmes'>,
): Promise<void> {
  const { log } = recording.parts;
  await whileUnderWay(log, [id], async () => {
    const { reversal } = await importState(log, id);
    const taking: TakingBack = { ...by, ...(reversal?.data ?? { reason: 'other' }) };
    await beginTakingBack(recording, [id], taking);
    const undone = await undoInParts(recording, id, taking);
    const writes = [await reversedWrite(recording, id, undone, taking)];
    const command = partCommand(recording, by.actor, id, 'end');
    await log.append({ writes, command, correlationId: id, causationId: id });
  });
}
