import type { MappedFigure } from '@ledger/domain';
import type { Question } from '@ledger/projections';

/** What the thread that answers is started with. */
export interface PastStart {
  readonly logFile: string;
  /** Where the read models lie. */
  readonly shelfFolder: string;
  /** Maps published figures to questions. */
  readonly figures: readonly MappedFigure[];
}

/** A question that is put to the thread. */
export interface Asked {
  readonly number: number;
  readonly question: Question;
  readonly asked: readonly unknown[];
}

/** What the thread says to a question: its answer, or that it has none. */
export type Answered =
  | { readonly number: number; readonly answer: unknown }
  | { readonly number: number; readonly unanswered: string };
