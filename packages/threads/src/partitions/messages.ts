import type { FoldedShare } from '@ledger/projections';
import type { PackedEvents } from './packed-events';

/** What is said to the thread that folds partitions. Each folding has a number. */
export type SaidToThread =
  | { readonly begin: number; readonly parked: readonly string[] }
  | {
      readonly fold: number;
      readonly events: PackedEvents;
      /** Which of the events are to be parked, and why. */
      readonly parked: ReadonlyMap<number, string>;
    }
  /** The events of the streams that it has asked for. */
  | { readonly answer: number; readonly events: PackedEvents }
  | { readonly end: number };

/** What the thread says. */
export type SaidByThread =
  | { readonly folded: number; readonly chunks: FoldedShare }
  /** It needs the events of some streams. */
  | { readonly ask: number; readonly streams: readonly string[] }
  | { readonly failed: number; readonly error: string };
