import type { CheckedFigure } from '@ledger/domain';
import type { AnsweredAt } from '../answered';

/** Something about published amounts that somebody should look at. */
export interface FigureFinding {
  readonly finding: 'parts make a total' | 'one value, two scopes';
  readonly year: string;
  readonly document: string;
  readonly sentence: string;
  /** The figures it is about; of parts and a total, the total first. */
  readonly figures: readonly CheckedFigure[];
}

export interface FigureChecks extends AnsweredAt {
  readonly findings: readonly FigureFinding[];
}
