/*
 * Where lines, the index of records, and facts are kept. Positions are plain numbers inside the read side (a bigint costs twice as
 * much in every fold); they are checked to be safe integers where they enter.
 *
 * Lines lie in packed segments (a few hundred postings in about 2 kB of bytes), because that is what reaches the
 * speeds asked of this product at a twentieth of the size of plain rows. The store does not know what is in them.
 */

/** Postings of one sheet, in position order, packed. Segments of a sheet and partition never overlap. */
export interface Segment {
  readonly partition: number;
  readonly sheet: number;
  /** Positions of the first and the last posting in it. */
  readonly first: number;
  readonly last: number;
  /** Postings in it. */
  readonly postings: number;
  /** Lines standing and their quantity in this sheet and partition before this segment: a running total. */
  readonly linesBefore: number;
  readonly quantityBefore: number;
  /** The same after its last posting. */
  readonly linesAfter: number;
  readonly quantityAfter: number;
  readonly bytes: Uint8Array;
}

/** A segment without its bytes: where a sheet ends, and its running totals there. */
export type SegmentHead = Pick<
  Segment,
  'partition' | 'sheet' | 'first' | 'last' | 'linesAfter' | 'quantityAfter'
>;

/** A sheet, and the position up to which it has been read. */
export interface ReadSheet {
  readonly sheet: number;
  readonly after: number;
}

/** An event kept whole, from which register and catalogue are made for any position. */
export interface FactRow {
  readonly collection: string;
  readonly position: number;
  /** The event's id. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** An event that could not be applied, with its stream: nothing of the stream is applied until it is mended. */
export interface ParkedEvent {
  readonly partition: number;
  readonly position: number;
  readonly stream: string;
  readonly reason: string;
}

/** What a projector changes in one atomic step, its checkpoint among it. */
export interface WriteTransaction {
  /** The numbers of keys, made where they are new; stable for ever in this store. */
  intern(dictionary: Dictionary, keys: readonly string[]): Promise<readonly number[]>;
  /** Writes segments whole: one of the same partition, sheet and first position is replaced. */
  putSegments(segments: readonly Segment[]): Promise<void>;
  putFacts(facts: readonly FactRow[]): Promise<void>;
  park(events: readonly ParkedEvent[]): Promise<void>;
}

export type Dictionary = 'sheet' | 'body' | 'person' | 'manner';

/** A checkpoint that is not where the writer left it: another writer moved it, and this one must stop. */
export class CheckpointMovedError extends Error {
  readonly code = 'CHECKPOINT_MOVED';
  constructor(
    readonly partition: number,
    readonly expected: number,
    readonly actual: number,
  ) {
    super(
      `The checkpoint of partition ${partition} is at ${actual}, not at ${expected}: another projector has moved it, so this one stops.`,
    );
    this.name = 'CheckpointMovedError';
  }
}

/** The one interface to a read store. Reads see only whole transactions. */
export interface ReadStore {
  readonly engine: string;
  /** What is said of the whole store: which projections made it, in which version of their code. Null where nothing is. */
  label(): Promise<string | null>;
  setLabel(label: string): Promise<void>;
  /**
   * Applies what `work` writes and moves the partition's checkpoint from one position to another, all or nothing.
   * Transactions run one after another.
   * @throws CheckpointMovedError where the checkpoint is not at `from`
   */
  advance(
    step: { readonly partition: number; readonly from: number; readonly to: number },
    work: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<void>;
  /** Every partition's checkpoint: the position up to which it is applied. */
  checkpoints(): Promise<ReadonlyMap<number, number>>;
  /** Every key of a dictionary from a number on, in the order of the numbers (1, 2, 3 …). */
  dictionary(dictionary: Dictionary, from: number): Promise<readonly string[]>;
  /** The segments of sheets, all partitions, that begin at or before a position; by sheet, partition, then position. */
  segments(sheets: readonly number[], upTo: number): Promise<readonly Segment[]>;
  /**
   * Of each sheet its segments, all partitions, that end after a position of its own and begin at or before one of all;
   * of a sheet by partition, then position. So whoever has read a sheet up to there reads what came since.
   */
  segmentsAfter(sheets: readonly ReadSheet[], upTo: number): Promise<readonly Segment[]>;
  /** Of each partition, the last segment of a sheet that begins at or before a position: where its running total is. */
  segmentsAt(sheet: number, upTo: number): Promise<readonly Segment[]>;
  /** The segments of a partition that end after a position, in the order of their ends: what has changed since. */
  headsAfter(partition: number, position: number): Promise<readonly SegmentHead[]>;
  /** The last segment of each of some sheets in a partition, in no order, where it has one: the writer goes on in them. */
  lastSegments(partition: number, sheets: readonly number[]): Promise<readonly Segment[]>;
  /** Facts of a collection after a position, in order. */
  facts(collection: string, after: number, limit: number): Promise<readonly FactRow[]>;
  countFacts(collection: string): Promise<number>;
  parked(upTo: number): Promise<readonly ParkedEvent[]>;
  close(): Promise<void>;
}
