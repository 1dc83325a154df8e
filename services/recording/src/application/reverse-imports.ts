import { refuseIfAny, type Fault } from '@ledger/domain';
import { derivedId } from '@ledger/events';
import type { EventLog, StreamWrite } from '@ledger/event-log';
import { findReplay, stampCommand, type Command, type StampedCommand } from './command';
import { parseRequest, refused } from './faults';
import { byStream, eventsOfImport, importState } from './imported-events';
import { isUnderWay, whileUnderWay } from './imports-under-way';
import { DecidedOn } from './in-parts';
import { isMeanwhile, mostAttempts } from './meanwhile';
import { dryOutcome, outcomeOf, type Outcome } from './outcome';
import type { PendingWrites } from './pending-writes';
import type { Planned, Recording } from './recording';
import { ReversalRequest } from './request-schemas';
import { beginTakingBack, reversedWrite, undoInParts, type TakingBack } from './take-back';
import { nothingUndone, together, undoInStream, type Undone } from './undo-import';

/** A reversal that undoes more than one append takes. */
class ManyToUndo extends Error {}

const beingTakenBack =
  'taking this import back has begun, and broke off; it is finished when the ledger is started again, or before the next import';

/** The streams that imports wrote to and that were written to since, by anything else. */
async function changedSince(log: EventLog, ids: readonly string[]): Promise<readonly string[]> {
  const last = new Map<string, bigint>();
  for (const id of ids)
    for (const { stream, revision } of await eventsOfImport(log, id, await importState(log, id))) {
      const known = last.get(stream);
      if (known === undefined || revision > known) last.set(stream, revision);
    }
  const changed: string[] = [];
  for (const [stream, revision] of last)
    if ((await log.streamRevision(stream)) !== revision) changed.push(stream);
  return changed;
}

/** What was changed since is named first: taking an import back undoes it only with a yes. */
async function refuseIfChanged(log: EventLog, ids: readonly string[]): Promise<void> {
  const changed = await changedSince(log, ids);
  refuseIfAny(
    changed.map((stream) => ({
      code: 'changed-since',
      path: stream,
      message:
        'this record was changed since; look at it, and say `changedToo`, by command --changed-too, to take it back all the same',
    })),
  );
}

async function refuseIfNotToBeReversed(log: EventLog, ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    if (isUnderWay(log, id))
      throw refused('import-under-way', 'id', 'this import is under way; wait until it has come to its end');
    const { reversedAt, reversal } = await importState(log, id);
    if (reversal?.data.adjustment !== undefined && reversedAt === undefined)
      throw refused('import-under-way', 'id', beingTakenBack);
    if (reversedAt !== undefined) throw refused('reversed-once', 'id', 'this import is reversed already');
  }
}

/** Decides everything that undoes imports, and hands the writes over each time there are more than so many. */
async function decideAll(
  recording: Recording,
  ids: readonly string[],
  command: Command,
  begin: () => PendingWrites,
  full: (pending: PendingWrites) => Promise<PendingWrites>,
  most = recording.parts.log.limits.appendEvents - ids.length,
): Promise<{ readonly pending: PendingWrites; readonly undone: readonly Undone[] }> {
  const { log } = recording.parts;
  let pending = begin();
  const all: Undone[] = [];
  for (const id of ids) {
    let undone = nothingUndone;
    for (const [stream, events] of byStream(await eventsOfImport(log, id, await importState(log, id)))) {
      undone = together(undone, await undoInStream(pending, stream, events, command.programmes));
      if (pending.eventCount > most) pending = await full(pending);
    }
    all.push(undone);
  }
  return { pending, undone: all };
}

/** That records lie in closed time is said once of each sort, and not for each of many records: they have no path of their own. */
function saidOnce(faults: readonly Fault[]): readonly Fault[] {
  return [...new Map(faults.map((fault) => [`${fault.path} ${fault.message}`, fault])).values()];
}

/** Records that are decided on at once for an adjustment: what they are read into is soon let go of. */
const withheldAtOnce = 2000;

/** What undoes imports, to be held back in an adjustment: of however many records. */
async function decideWithheld(
  recording: Recording,
  ids: readonly string[],
  command: Command,
  { id, stamp }: StampedCommand,
): Promise<{ readonly planned: Planned; readonly undone: readonly Undone[] }> {
  const reference = await recording.parts.reference();
  const decidedOn = new DecidedOn();
  const writes: StreamWrite[] = [];
  const closed: Fault[] = [];
  let begun = 0;
  const begin = (): PendingWrites =>
    recording.pending({ id: derivedId('withheld', id, String(begun++)), stamp }, reference);
  const keep = async (pending: PendingWrites): Promise<PendingWrites> => {
    closed.push(...saidOnce(await pending.closedFaults()));
    decidedOn.add(pending);
    writes.push(...pending.writes());
    return begin();
  };
  // What several imports did to one record is undone in one go.
  const most = ids.length > 1 ? Infinity : withheldAtOnce;
  const { pending, undone } = await decideAll(recording, ids, command, begin, keep, most);
  await keep(pending);
  return { planned: { writes, checks: decidedOn.checks(), warnings: [], closed }, undone };
}

/** What undoes imports in one append. @throws ManyToUndo */
async function decideAtOnce(
  recording: Recording,
  ids: readonly string[],
  command: Command,
  stamped: StampedCommand,
): Promise<{ readonly planned: Planned; readonly undone: readonly Undone[] }> {
  const reference = await recording.parts.reference();
  const { pending, undone } = await decideAll(
    recording,
    ids,
    command,
    () => recording.pending(stamped, reference),
    () => Promise.reject(new ManyToUndo()),
  );
  const planned = await recording.planned(pending, []);
  return { planned: { ...planned, closed: saidOnce(planned.closed) }, undone };
}

/** Whether taking an import back began before, and did not come to its end. */
async function anyBegun(log: EventLog, ids: readonly string[]): Promise<boolean> {
  for (const id of ids) if ((await importState(log, id)).reversal !== undefined) return true;
  return false;
}

/**
 * Undoes what imports did, in each stream; then ImportReversed as a summary that counts nothing. It is one append, or
 * where that takes too much, several, between which the imports are being taken back and figures say so.
 * @throws DecisionRefused, EventLogError
 */
export async function reverseImports(
  recording: Recording,
  ids: readonly string[],
  command: Command,
): Promise<Outcome> {
  const { reason, note, changedToo } = parseRequest(ReversalRequest, command.request);
  const { log, vault } = recording.parts;
  // Which imports are meant is part of what the key names.
  const named = {
    ...command,
    request: { ids, reason, ...(note !== undefined && { note }), ...(changedToo === true && { changedToo }) },
  };
  const taking = async ({ id }: StampedCommand): Promise<TakingBack> => {
    const { actor, programmes } = command;
    if (note === undefined) return { actor, programmes, reason };
    return {
      actor,
      programmes,
      reason,
      noteRef: await vault.putNote({ commandKey: `${id}/note`, text: note }),
    };
  };
  const plan = async (stamped: StampedCommand): Promise<Planned> => {
    await refuseIfNotToBeReversed(log, ids);
    const begun = await anyBegun(log, ids);
    if (changedToo !== true && !begun) await refuseIfChanged(log, ids);
    if (begun) throw new ManyToUndo();
    const decide = recording.withholds ? decideWithheld : decideAtOnce;
    const { planned, undone } = await decide(recording, ids, command, stamped);
    const why = await taking(stamped);
    const own = [];
    for (const [at, id] of ids.entries())
      own.push(await reversedWrite(recording, id, undone[at] ?? nothingUndone, why));
    return { ...planned, writes: [...planned.writes, ...own] };
  };
  try {
    return await recording.run('reverse-import', named, plan);
  } catch (error) {
    if (!(error instanceof ManyToUndo)) throw error;
    if (recording.withholds) throw refused('import-under-way', 'change.imports', beingTakenBack);
    const stamped = stampCommand(vault, 'reverse-import', named);
    return whileUnderWay(log, ids, async () =>
      reverseInParts(recording, ids, named, stamped, await taking(stamped)),
    );
  }
}

/**
 * Decides all of it before anything is written: what is refused is refused whole.
 * @returns the closings that this rests on
 */
async function decideWhole(
  recording: Recording,
  ids: readonly string[],
  command: Command,
  stamped: StampedCommand,
): Promise<DecidedOn> {
  const reference = await recording.parts.reference();
  const begin = (): PendingWrites => recording.pending(stamped, reference);
  const decidedOn = new DecidedOn();
  const check = async (pending: PendingWrites): Promise<PendingWrites> => {
    refuseIfAny(saidOnce(await pending.closedFaults()));
    decidedOn.add(pending);
    return begin();
  };
  const { pending } = await decideAll(recording, ids, command, begin, check);
  await check(pending);
  return decidedOn;
}

async function reverseInParts(
  recording: Recording,
  ids: readonly string[],
  command: Command,
  stamped: StampedCommand,
  taking: TakingBack,
): Promise<Outcome> {
  const { log } = recording.parts;
  const replay = await findReplay(log, stamped);
  if (replay !== undefined) return outcomeOf(replay, []);
  for (let tried = 1; ; tried++) {
    const decidedOn = await decideWhole(recording, ids, command, stamped);
    if (command.dryRun === true) return dryOutcome([], []);
    try {
      await beginTakingBack(recording, ids, taking, decidedOn.checks());
      break;
    } catch (error) {
      if (!isMeanwhile(error) || tried >= mostAttempts) throw error;
    }
  }
  const writes = [];
  for (const id of ids) {
    const undone = await undoInParts(recording, id, taking);
    writes.push(await reversedWrite(recording, id, undone, taking));
  }
  const { id } = stamped;
  const result = await log.append({ writes, command: stamped.stamp, correlationId: id, causationId: id });
  return outcomeOf(result, []);
}
