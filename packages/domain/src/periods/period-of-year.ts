import type { LedgerEvent } from '@ledger/events';
import { FoldError } from '../things/thing';

/** Which part of a year is closed: a quarter or all of it (null), of one programme or of all (null). */
export interface PeriodPart {
  readonly quarter: number | null;
  readonly programme: string | null;
}

export type PeriodState = 'open' | 'provisional' | 'final';

/** A part of a year that is closed, and since when. */
export interface Closing extends PeriodPart {
  readonly state: Exclude<PeriodState, 'open'>;
  /** The offers of its programme when it was closed; empty where it is of all programmes. */
  readonly offers: ReadonlySet<string>;
  /** Where its last step stands: what was recorded up to here was reported. */
  readonly position: bigint;
}

/** What one `period-<year>` stream says: all closings of a year. */
export interface PeriodOfYear {
  readonly year: number;
  /** Revision of the last event folded; −1 where there is none. */
  readonly revision: bigint;
  /** The parts that are closed, by their keys. */
  readonly closings: ReadonlyMap<string, Closing>;
}

/** An event of a period's stream as the fold sees it. */
export interface PeriodFact {
  readonly eventId: string;
  readonly position: bigint;
  readonly event: LedgerEvent;
}

export function openYear(year: number): PeriodOfYear {
  return { year, revision: -1n, closings: new Map() };
}

function partKey({ quarter, programme }: PeriodPart): string {
  return `${quarter ?? 'year'} ${programme ?? 'all'}`;
}

/** The part that an event or a command names. */
export function partOf(named: {
  readonly quarter?: number | undefined;
  readonly programme?: string | undefined;
}): PeriodPart {
  return { quarter: named.quarter ?? null, programme: named.programme ?? null };
}

export function stateOf(period: PeriodOfYear, part: PeriodPart): PeriodState {
  return period.closings.get(partKey(part))?.state ?? 'open';
}

/** Folds the next event of the stream. Pure. @throws FoldError for an event that is none of a period's */
export function evolvePeriod(period: PeriodOfYear, { eventId, position, event }: PeriodFact): PeriodOfYear {
  const next = { ...period, revision: period.revision + 1n };
  const closings = new Map(period.closings);
  switch (event.type) {
    case 'PeriodClosed': {
      const { level, offers = [] } = event.data;
      const part = partOf(event.data);
      closings.set(partKey(part), { ...part, state: level, offers: new Set(offers), position });
      return { ...next, closings };
    }
    case 'PeriodReopened':
      closings.delete(partKey(partOf(event.data)));
      return { ...next, closings };
    default:
      throw new FoldError(eventId, `${event.type} does not belong in the stream of a period`);
  }
}
