import { londonDateOf } from '@ledger/calendar';
import { closedTimeFaults, isThingKind, newThing, yearsChanged } from '@ledger/domain';
import { parseStream } from '@ledger/events';
import type { Asking } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import type { AppendedEvent } from './appends';

/**
 * Whether an append changes what was closed when it was recorded, by the rule that recording is held to, and is no
 * adjustment: it was decided before a closing and slipped in behind it. That happens in logs alone that cannot check one
 * stream while they write another.
 */
export async function isAcrossTheClose(asking: Asking, append: readonly AppendedEvent[]): Promise<boolean> {
  const [first, last] = [append[0], append.at(-1)];
  if (first === undefined || last === undefined) return false;
  if (append.some(({ body }) => body.type === 'AdjustmentApproved')) return false;
  const { periods, catalogue } = await asking.ground({ position: first.recorded.position - 1n });
  const closed = new Map([...periods].filter(([, { closings }]) => closings.size > 0));
  if (closed.size === 0) return false;
  const programmeOf = (offer: string): string | undefined => catalogue.offers.get(offer)?.programme;
  for (const stream of new Set(append.map(({ body }) => body.stream))) {
    const named = parseStream(stream);
    if (named === undefined || !isThingKind(named.kind)) continue;
    const events = await readEvents(asking.log, stream, Number(last.recorded.position));
    const added = events.findIndex(({ position }) => position >= first.recorded.position);
    const before = foldEvents(events.slice(0, added)) ?? newThing(named.kind, named.id);
    const after = foldEvents(events.slice(added), before) ?? before;
    // A membership that goes on is dated in every year until today, which was the day of recording.
    const years = yearsChanged(before, after, londonDateOf(Date.parse(first.body.recordedAt)));
    const touched = new Map([...closed].filter(([year]) => years.includes(year)));
    if (closedTimeFaults(before, after, { periods: touched, programmeOf }).length > 0) return true;
  }
  return false;
}
