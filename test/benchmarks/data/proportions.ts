/** Thrown for a number of events that the data set cannot have. */
export class DataSetSizeError extends Error {
  readonly code = 'DATA_SET_SIZE';
}

/** How many things and events the data set has, of each sort. */
export interface Proportions {
  readonly events: number;
  /** Streams of places on courses: booked and attended, every second one completed. */
  readonly attendance: number;
  readonly support: number;
  readonly challenge: number;
  /** Streams of claims, of five events each. */
  readonly claim: number;
  readonly observation: number;
  /** Events about the catalogue and about bodies. */
  readonly reference: number;
  readonly persons: number;
}

export type LifeKind = 'attendance' | 'support' | 'challenge' | 'claim' | 'observation';

/** What is changed later, of so many things of a kind, evenly spread: 60 corrections and 10 withdrawals of 1,000 events. */
export interface LaterChanges {
  readonly of: number;
  readonly corrected: number;
  readonly withdrawn: number;
}

/** Claims are revised anyhow; those revisions are among their five events. */
export const laterChanges: Readonly<Record<LifeKind, LaterChanges>> = {
  attendance: { of: 204, corrected: 21, withdrawn: 2 },
  support: { of: 230, corrected: 27, withdrawn: 5 },
  challenge: { of: 50, corrected: 8, withdrawn: 1 },
  claim: { of: 18, corrected: 0, withdrawn: 1 },
  observation: { of: 40, corrected: 4, withdrawn: 1 },
};

/**
 * Of every 1,000 events: 204 places booked and attended, half of them completed (510), 230 of support, 50 challenges,
 * 18 claims of five (90), 10 of reference data, 40 observations, 60 corrections and 10 withdrawals.
 * @throws DataSetSizeError for a number of events in which these are no whole numbers
 */
export function proportionsOf(events: number): Proportions {
  const thousands = events / 1000;
  if (!Number.isInteger(thousands) || thousands < 20)
    throw new DataSetSizeError(
      `A data set of ${events} events cannot be made: give whole thousands, at least 20000.`,
    );
  return {
    events,
    attendance: 204 * thousands,
    support: 230 * thousands,
    challenge: 50 * thousands,
    claim: 18 * thousands,
    observation: 40 * thousands,
    reference: 10 * thousands,
    persons: 60 * thousands,
  };
}
