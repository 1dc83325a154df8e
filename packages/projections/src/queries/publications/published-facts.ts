import type { EventData } from '@ledger/events';
import type { Fact } from '../../documents/fact';
import { citedKey } from '../citations/cited-figure';

/** A figure as it was published. */
export interface PublishedFact {
  readonly event: string;
  readonly publication: string;
  readonly position: bigint;
  readonly recordedAt: string;
  readonly figure: EventData<'FigurePublished'>;
}

/** The figures that were published, in the order in which they were. */
export function publishedFacts(facts: readonly Fact[]): readonly PublishedFact[] {
  return facts.flatMap(({ event, eventId, id, position, recordedAt }) =>
    event.type === 'FigurePublished'
      ? [{ event: eventId, publication: id, position, recordedAt, figure: event.data }]
      : [],
  );
}

/** Of each question, the last figure that was published of it before a position. */
export function lastBefore(
  facts: readonly PublishedFact[],
  position: bigint,
): ReadonlyMap<string, PublishedFact> {
  const last = new Map<string, PublishedFact>();
  for (const fact of facts) if (fact.position < position) last.set(citedKey(fact.figure), fact);
  return last;
}
