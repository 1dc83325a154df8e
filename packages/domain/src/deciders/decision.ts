import type { EventData, EventType, HierarchyLevel } from '@ledger/events';

/** An event decided on, not recorded yet. */
export type DecidedEvent = { [T in EventType]: { readonly type: T; readonly data: EventData<T> } }[EventType];

/** What is known around a command, given by its caller: the domain asks no clock and no store. */
export interface DecisionContext {
  /** The London date of recording. */
  readonly today: string;
  readonly bodies: BodyKnowledge;
  readonly offers: OfferKnowledge;
}

/** What the register says of a body during a span of days. */
export interface BodyKnowledge {
  /**
   * Null where the body exists on some day of the span; otherwise a sentence that says why not and who followed.
   */
  problemDuring(body: string, span: { readonly from: string; readonly to: string }): string | null;
}

/** What the catalogue says of offers and savings areas. */
export interface OfferKnowledge {
  offer(
    id: string,
  ): { readonly peerChallenge: boolean; readonly countedLevel: HierarchyLevel | null } | undefined;
  savingsArea(id: string): boolean;
}
