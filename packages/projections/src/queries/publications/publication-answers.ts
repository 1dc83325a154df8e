import type { EventData } from '@ledger/events';
import type { AnsweredAt, ChangeAfterClose } from '../answered';

/** What was told at once: a figure, or those of a table. */
export interface PublicationSummary {
  readonly id: string;
  /** Where it was printed. */
  readonly title: string;
  /** The position of its last event. */
  readonly position: string;
  readonly recordedAt: string;
  readonly actor: string;
  /** The position that its figures are as recorded by. */
  readonly asRecordedBy: string;
  readonly figures: number;
}

export interface PublicationsAnswer extends Omit<AnsweredAt, 'illustrative'> {
  /** The newest first. */
  readonly publications: readonly PublicationSummary[];
  readonly total: number;
  readonly next: string | null;
}

/** What a figure says at some position. */
export interface SaidFigure {
  /** Digits; gains in pence. Null where it is withheld. */
  readonly value: string | null;
  readonly shown: string;
  readonly rule: string;
  readonly numerator?: number;
  readonly base?: number;
  readonly attributed?: string;
}

/** A citation: what was published, and what the same question comes to since (S1, D7). */
export interface CitedSince {
  /** The event that published it. */
  readonly event: string;
  readonly ask: EventData<'FigurePublished'>['ask'];
  readonly parameters: Readonly<Record<string, string>>;
  readonly label: string;
  readonly unit: string;
  /** Provisional, final or restated when it was published. */
  readonly standing: EventData<'FigurePublished'>['standing'];
  readonly said: SaidFigure;
  /** Counted again as recorded by that position; null where this release cannot. */
  readonly recounted: SaidFigure | null;
  /** Whether that is what was published. */
  readonly agrees: boolean;
  /** The same question as recorded by the position of this answer; null where it cannot be asked any more. */
  readonly now: SaidFigure | null;
  /** Whether it says something else now. */
  readonly changed: boolean;
  /** By how much, in its unit; null where one of the two is not there. */
  readonly difference: number | null;
  /** Where the same question was published before, and what it said: the list of restatements of a release (D6). */
  readonly before: {
    readonly publication: string;
    readonly title: string;
    readonly recordedAt: string;
    readonly shown: string;
    readonly restated: boolean;
  } | null;
}

export interface PublicationAnswer extends AnsweredAt {
  readonly publication: PublicationSummary;
  readonly figures: readonly CitedSince[];
}

/** Which events made published figures differ, each with its effect; the effects add up to the difference. */
export interface PublicationChanges extends Omit<AnsweredAt, 'illustrative'> {
  readonly publication: PublicationSummary;
  readonly changes: readonly ChangeAfterClose[];
  readonly next: string | null;
}
