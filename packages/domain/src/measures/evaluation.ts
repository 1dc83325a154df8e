import type { EventData } from '@ledger/events';
import type { Remainder } from './remainder';
import type { Counted, RollUpQuestion, RollUps } from './roll-ups';
import type { Span, StandingLine } from './standing-line';

/** What a counting rule is given: lines that match the selection, of all time, and what was asked. */
export interface Question {
  /** Standing lines of the selection in all years: sequence rules look back, the others do not. */
  readonly lines: readonly StandingLine[];
  /** The days asked about; a stock is asked on the last. */
  readonly span: Span;
  readonly kind: EventData<'MeasureDeclared'>['kind'];
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a counting rule answers. */
export interface Evaluation {
  /** A whole number; of a ratio, the numerator. Pence for GBP, hundredths for days. */
  readonly value: number;
  /** Only of a ratio: what the value is divided by. */
  readonly base?: number;
  /** The lines the value was made of. */
  readonly lines: readonly StandingLine[];
  /** The bodies that count, where the rule counts or reads bodies; otherwise those of the lines. */
  readonly bodies: ReadonlySet<string>;
  readonly remainders: readonly Remainder[];
}

/** Code that counts, under an id that is never edited: a change is a new id, and every id stays runnable. */
export interface CountingRule {
  readonly id: string;
  /** Printed under every figure made with it. */
  readonly words: string;
  /** True where it reads a body's history in time order, and so says itself which bodies count. */
  readonly sequence?: true;
  /** True where the values of the parts of a span add up to that of the span. */
  readonly additive?: true;
  readonly evaluate: (question: Question) => Evaluation;
  /**
   * The same from roll-ups, without a look at every line. `bodies` may be left empty unless the rule is a sequence.
   */
  readonly evaluateRollUps?: (question: RollUpQuestion, rollUps: RollUps) => Promise<Counted>;
}
