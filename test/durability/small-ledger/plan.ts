import type { AppendRequest, NewEvent } from '@ledger/event-log';
import { derivedId } from '@ledger/events';
import { history, type HistoryEvent } from '../../histories';
import { Random } from '../../histories/random';

/** What a seed lets a small ledger append: the events of a history, in appends of one event or of hundreds. */
export interface Plan {
  readonly seed: number;
  readonly events: number;
}

/** How many events the next append takes. */
function sizeOf(random: Random): number {
  return random.weighted<() => number>([
    [60, () => 1],
    [25, () => random.between(2, 5)],
    [12, () => random.between(10, 60)],
    [3, () => random.between(150, 300)],
  ])();
}

function newEvent({ id, type, schemaVersion, data, illustrative }: HistoryEvent): NewEvent {
  return { id, type, schemaVersion, data, ...(illustrative === true && { illustrative }) };
}

function appendOf(seed: number, number: number, events: readonly HistoryEvent[]): AppendRequest {
  const id = derivedId('planned-append', String(seed), String(number));
  const byStream = new Map<string, NewEvent[]>();
  for (const event of events)
    byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), newEvent(event)]);
  return {
    writes: [...byStream].map(([stream, ofStream]) => ({ stream, expected: 'any', events: ofStream })),
    command: { actor: id, scope: 'planned', key: String(number), hash: String(number) },
    correlationId: id,
    causationId: id,
  };
}

/** The appends of a plan, in the order in which they are asked for. The same plan is the same for ever. */
export function plannedAppends({ seed, events }: Plan): readonly AppendRequest[] {
  const random = new Random(seed);
  const all = history({ seed, events }).events;
  const appends: AppendRequest[] = [];
  for (let taken = 0; taken < all.length;) {
    const size = sizeOf(random);
    appends.push(appendOf(seed, appends.length, all.slice(taken, taken + size)));
    taken += size;
  }
  return appends;
}

/** The ids of the events of an append, in the order of their positions. */
export function eventIds({ writes }: Pick<AppendRequest, 'writes'>): readonly string[] {
  return writes.flatMap(({ events }) => events.map(({ id }) => id));
}
