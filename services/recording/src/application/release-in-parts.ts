import type { Adjustment } from '@ledger/domain';
import { eventDefinitions, parseStream, type EventData } from '@ledger/events';
import type { StreamWrite } from '@ledger/event-log';
import type { StampedCommand } from './command';
import { refused } from './faults';
import { isUnderWay, whileUnderWay } from './imports-under-way';
import { outcomeOf, type Outcome } from './outcome';
import type { Recording } from './recording';
import { beginTakingBack, reversedWrite, undoInParts, type TakingBack } from './take-back';

/** How many events writes hold. */
export function eventsIn(writes: readonly { readonly events: readonly unknown[] }[]): number {
  return writes.reduce((sum, { events }) => sum + events.length, 0);
}

interface ImportReversed {
  readonly id: string;
  readonly data: EventData<'ImportReversed'>;
}

/** The imports that writes take back, with what is said of each when all of it is undone. */
export function importsReversed(
  writes: readonly {
    readonly stream: string;
    readonly events: readonly { readonly type: string; readonly data: unknown }[];
  }[],
): readonly ImportReversed[] {
  return writes.flatMap(({ stream, events }) => {
    const parsed = parseStream(stream);
    const end = events.find(({ type }) => type === 'ImportReversed');
    if (parsed?.kind !== 'import' || end === undefined) return [];
    return [{ id: parsed.id, data: eventDefinitions.ImportReversed.data.parse(end.data) }];
  });
}

/**
 * Records what an adjustment withheld of taking imports back, where it is more than one append takes. The approval is in
 * one append with ImportReversalAccepted, and what undoes the imports follows, with ImportReversed as its end; until then
 * every figure says that it is incomplete, and what breaks off is finished from the log alone.
 * @throws DecisionRefused, EventLogError
 */
export async function releaseInParts(
  recording: Recording,
  adjustment: Adjustment,
  approval: StreamWrite,
  { stamp }: StampedCommand,
): Promise<Outcome> {
  const { log } = recording.parts;
  const imports = importsReversed(adjustment.writes);
  const ids = imports.map(({ id }) => id);
  const [first] = imports;
  if (first === undefined || ids.some((id) => isUnderWay(log, id)))
    throw refused('import-under-way', 'id', 'this import is under way; wait until it has come to its end');
  const { reason, noteRef } = first.data;
  const taking: TakingBack = {
    actor: stamp.actor,
    programmes: 'all',
    reason,
    noteRef,
    adjustment: adjustment.id,
  };
  return whileUnderWay(log, ids, async () => {
    await beginTakingBack(recording, ids, taking, [], [approval]);
    const writes: StreamWrite[] = [];
    for (const id of ids)
      writes.push(
        await reversedWrite(
          recording,
          id,
          await undoInParts(recording, id, taking, adjustment.writes),
          taking,
        ),
      );
    // All of it is of one correlation, so that changes after a close name it as one.
    return outcomeOf(
      await log.append({ writes, command: stamp, correlationId: first.id, causationId: first.id }),
      [],
    );
  });
}
