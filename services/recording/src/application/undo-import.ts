import {
  correctBack,
  decideWithdrawal,
  isRecordContent,
  isThingKind,
  type DecidedEvent,
  type Thing,
} from '@ledger/domain';
import { decodeStoredBody, isEventType, parseStream, readEvent, type LedgerEvent } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { refused } from './faults';
import type { ImportedEvent } from './imported-events';
import { checkOwnProgramme } from './own-programme';
import type { PendingWrites } from './pending-writes';
import { readThing } from './read-thing';
import type { Programmes } from '@ledger/access';

/** How many records an import's reversal withdrew, and how many contents it corrected back. */
export interface Undone {
  readonly withdrawn: number;
  readonly correctedBack: number;
}

export const nothingUndone: Undone = { withdrawn: 0, correctedBack: 0 };

export function together(one: Undone, other: Undone): Undone {
  return {
    withdrawn: one.withdrawn + other.withdrawn,
    correctedBack: one.correctedBack + other.correctedBack,
  };
}

/** Whether an event that undoes an import corrects back; the others withdraw. */
export function correctsBack(type: string): boolean {
  return isEventType(type) && /(Corrected|Revised)$/.test(type);
}

/** What events that undo an import come to. */
export function undoneBy(events: readonly { readonly type: string }[]): Undone {
  const correctedBack = events.filter(({ type }) => correctsBack(type)).length;
  return { withdrawn: events.length - correctedBack, correctedBack };
}

async function readBack(log: EventLog, { stream, revision }: ImportedEvent): Promise<LedgerEvent> {
  for await (const { bytes, position } of log.readStream(stream, { from: revision, limit: 1 }))
    return readEvent(decodeStoredBody(bytes), position);
  throw new RangeError(`${stream} has no revision ${revision}`);
}

/** What undoes the events of an import in one stream: withdraws what it recorded, corrects back what it changed. */
async function undoing(
  log: EventLog,
  thing: Thing,
  imported: readonly ImportedEvent[],
): Promise<DecidedEvent[]> {
  const why = { reason: 'import-reversed' } as const;
  if (thing.withdrawn || thing.mergedInto !== null) return [];
  // What the import opened, or brought back.
  if (imported.some(({ revision, type }) => revision === 0n || type.endsWith('Reinstated')))
    return [...decideWithdrawal(thing, why).events];
  const undone: DecidedEvent[] = [];
  for (const one of imported) {
    if (isEventType(one.type) && isRecordContent(one.type)) {
      const standing = thing.contents.find(({ eventId }) => eventId === one.id);
      if (standing?.withdrawn === false)
        undone.push(...decideWithdrawal(thing, { ...why, withdraws: one.id }).events);
      continue;
    }
    const event = await readBack(log, one);
    if (
      event.type === 'ActivityCorrected' ||
      event.type === 'ObservationCorrected' ||
      event.type === 'DeliverableCorrected' ||
      event.type === 'ClaimRevised'
    ) {
      const before = await readThing(log, thing.kind, thing.id, one.revision);
      const content =
        event.type === 'ClaimRevised'
          ? before.contents[0]
          : before.contents.find(({ eventId }) => eventId === event.data.corrects);
      if (content !== undefined) undone.push(correctBack(thing, content.eventId, content.event, why));
    }
  }
  return undone;
}

/**
 * Decides what undoes an import in one stream, and adds it to what is written.
 * @throws DecisionRefused for what is no record, OwnProgrammeError for one of a programme that is not the user's
 */
export async function undoInStream(
  pending: PendingWrites,
  stream: string,
  events: readonly ImportedEvent[],
  programmes: Programmes,
): Promise<Undone> {
  const parsed = parseStream(stream);
  if (parsed === undefined || !isThingKind(parsed.kind))
    throw refused(
      'reversible',
      'id',
      'an import that made bodies or offers cannot be reversed; correct those facts one by one',
    );
  const thing = await pending.thing(parsed.kind, parsed.id);
  const contents = thing.contents.map((content) => content.event);
  checkOwnProgramme(pending.context.catalogue, programmes, contents, 'id');
  const decided = await undoing(pending.log, thing, events);
  for (const event of decided) await pending.add(thing, event);
  return undoneBy(decided);
}
