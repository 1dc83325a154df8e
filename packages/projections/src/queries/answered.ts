import type { ThingKind } from '@ledger/domain';
import type { HierarchyLevel, NoteRef } from '@ledger/events';

/* What answers of every sort say, and what they are asked at. */

/** Where the read models stand that an answer comes from. */
export interface Standing {
  /** The position the answer is of, as a decimal string. */
  readonly position: string;
  /** The London date or position it was asked as recorded by, as asked; null for now. */
  readonly asRecordedBy: string | null;
  /** Events parked (not applied) up to the position; any makes the answer incomplete. */
  readonly parked: number;
  readonly incomplete: boolean;
  /** There where imports were only partly recorded or taken back by then, and how many; they make it incomplete too. */
  readonly importing?: number;
  /** There, and true, while answers come from the old version of a read model that is being rebuilt. */
  readonly rebuilding?: true;
}

/** What every answer says about itself. */
export interface AnsweredAt extends Standing {
  /** Whether any illustrative (invented) record is in it. */
  readonly illustrative: boolean;
}

export interface RecordSummary {
  readonly id: string;
  readonly kind: ThingKind;
  readonly type: string;
  readonly title: string;
  readonly offer: string | null;
  /** In a hierarchy of activities: programme, project or session. */
  readonly level: HierarchyLevel | null;
  readonly bodies: readonly { readonly id: string; readonly name: string; readonly role: string }[];
  /** Whose part in something this is, where it is one person's. */
  readonly person: string | null;
  readonly from: string;
  readonly to: string;
  readonly state: 'standing' | 'withdrawn' | 'merged';
  readonly illustrative: boolean;
}

/** One step in the life of a record. */
export interface HistoryStep {
  readonly position: string;
  readonly event: string;
  readonly type: string;
  readonly recordedAt: string;
  readonly actor: string;
  /** Old → new by field path, for corrections. */
  readonly changes: readonly { readonly field: string; readonly old: unknown; readonly new: unknown }[];
  readonly reason: string | null;
  /** The note beside the reason, in the vault. */
  readonly noteRef: NoteRef | null;
  /** Warnings that were accepted, each with the comment that accepts it. */
  readonly warnings: readonly { readonly code: string; readonly noteRef: NoteRef }[];
  /** The import it came with, and the row. */
  readonly import: { readonly id: string; readonly row: number } | null;
}

/** As recorded by: a London date or a position; neither is now. */
export interface AskedAt {
  readonly date?: string;
  readonly position?: bigint;
}

/** Whether a figure still changes (D6): provisional until its year is finally closed, then final, or restated. */
export interface FigureStanding {
  readonly status: 'provisional' | 'final' | 'restated';
  /** The position by which the final figure is recorded; null while provisional. */
  readonly closedAt: string | null;
  /** Of a restated figure: what it was as recorded by the closing; null where it could not be asked then. */
  readonly final: { readonly value: number | null; readonly shown: string } | null;
}

export interface RuleCited {
  readonly id: string;
  readonly words: string;
}

/** A publication that told a figure, and what it told. */
export interface ToldIn {
  readonly publication: string;
  readonly title: string;
  readonly shown: string;
}

/** A figure of a year that something changed. */
export interface ChangedFigure {
  /** Null of gains, which are told apart by their label. */
  readonly measure: string | null;
  readonly label: string;
  readonly unit: string;
  /** Null where there was no such figure, or is none any more. */
  readonly before: string | null;
  readonly now: string | null;
  /** In the figure's unit: pounds, days, things. */
  readonly difference: number;
  /** The figures brought forward that the change bears on. */
  readonly figures: readonly string[];
  /** The publications that told it before it changed, or that say otherwise by now. */
  readonly toldIn: readonly ToldIn[];
}

/** What one command recorded after a close, and what it did to the figures of the year. */
export interface ChangeAfterClose {
  readonly from: string;
  readonly to: string;
  readonly recordedAt: string;
  readonly actor: string;
  readonly cause: 'adjustment' | 'records' | 'register' | 'catalogue' | 'rules';
  readonly adjustment: string | null;
  readonly events: readonly { readonly type: string; readonly count: number }[];
  /** Empty where no figure changed: a title that was corrected, for example. */
  readonly effect: readonly ChangedFigure[];
}
