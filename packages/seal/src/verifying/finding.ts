/** What can be wrong with a log, a bundle or a checkpoint. */
export type FindingCode =
  /** An event is not the one that was sealed in its place. */
  | 'EVENT_ALTERED'
  /** An event that was sealed is not there; what came after it has moved up. */
  | 'EVENT_MISSING'
  /** An event stands where none was sealed; what came after it has moved down. */
  | 'EVENT_INSERTED'
  /** Events stand in another order than they were sealed in. */
  | 'EVENTS_REORDERED'
  /** The log ends before what was sealed. */
  | 'LOG_CUT_SHORT'
  /** The log is whole in itself, and another one than a checkpoint that was kept elsewhere was made of. */
  | 'FORKED'
  /** An event is recorded at a time that its place does not allow. */
  | 'BACK_DATED'
  /** Nothing that seals the log is signed by a key that is trusted. */
  | 'WRONG_KEY'
  /** A checkpoint is none, is of another ledger, or its signature does not hold. */
  | 'CHECKPOINT_ALTERED'
  /** What carries the events is not as it was made. */
  | 'BUNDLE_DAMAGED'
  /** What the bundle says was published is not what the log says: another figure, one that nobody published, or one left out. */
  | 'PUBLICATION_DIFFERS'
  /** A figure does not follow from the events by the rule that it names. */
  | 'FIGURE_DIFFERS'
  /** A figure names a rule or a question that this release does not have: nothing is said about it. */
  | 'FIGURE_NOT_RECOMPUTED';

/** One thing that was found. */
export interface Finding {
  readonly code: FindingCode;
  /** The first place that it is about, counted from 0 (position − 1); null where it is about no one place. */
  readonly index: number | null;
  /** What was found and where, in a sentence. */
  readonly message: string;
}

/**
 * More of one sort are counted, not listed: one event in a wrong place puts the times of many out of order, and those must
 * not crowd out what was done.
 */
const mostOfSort = 5;

/** Findings as they are made: the first ones listed, the others counted. */
export class Findings {
  readonly #listed: Finding[] = [];
  #more = 0;

  add(code: FindingCode, index: number | null, message: string): void {
    const alike = this.#listed.filter((finding) => finding.code === code).length;
    if (alike < mostOfSort) this.#listed.push({ code, index, message });
    else this.#more += 1;
  }

  get none(): boolean {
    return this.#listed.length === 0;
  }

  get listed(): readonly Finding[] {
    return this.#listed;
  }

  /** How many were found beyond those listed. */
  get more(): number {
    return this.#more;
  }
}
