import type { CitedQuestion } from '@ledger/domain';
import type { EventData, Qualifier } from '@ledger/events';
import type { AnsweredAt, AskedAt, FigureStanding, RuleCited } from '../answered';

/** A figure as it can be cited: the question in texts, and what it comes to. */
export interface CitedFigure {
  readonly ask: EventData<'FigurePublished'>['ask'];
  readonly parameters: Readonly<Record<string, string>>;
  readonly label: string;
  readonly rule: RuleCited;
  /** Digits; gains in pence. Null where it is withheld. */
  readonly value: string | null;
  readonly unit: string;
  /** As it is printed; of a figure that is withheld, why. */
  readonly shown: string;
  readonly numerator?: number;
  readonly base?: number;
  readonly qualifier?: Qualifier;
  /** Of gains: the part of the value that is put down to the programme. */
  readonly attributed?: string;
  readonly standing: FigureStanding;
  readonly illustrative: boolean;
}

/** The figures of one table, or one of them, for one position. */
export interface CitedTable extends AnsweredAt {
  /** What the table is called. */
  readonly title: string;
  readonly figures: readonly CitedFigure[];
}

/** A question about figures that can be cited. */
export interface CitedTableQuestion {
  readonly question: CitedQuestion;
  /** Of annual totals: only these measures. */
  readonly measures?: readonly string[];
  readonly at?: AskedAt;
}

/** What tells one figure from another, whatever position it is as recorded by. */
export function citedKey({
  ask,
  parameters,
}: {
  readonly ask: string;
  readonly parameters: Readonly<Record<string, string>>;
}): string {
  return JSON.stringify([ask, Object.entries(parameters).sort(([one], [other]) => (one < other ? -1 : 1))]);
}

/** What a figure may say besides its value. */
type Besides = Pick<CitedFigure, 'numerator' | 'base' | 'attributed'>;

/** Of what a figure may say besides its value, what it does say. */
export function saidBesides({
  numerator,
  base,
  attributed,
}: {
  readonly [name in keyof Besides]?: Besides[name] | undefined;
}): Besides {
  return {
    ...(numerator !== undefined && { numerator }),
    ...(base !== undefined && { base }),
    ...(attributed !== undefined && { attributed }),
  };
}
