import type { z } from 'zod';

/** The sorts of stream there are; the stream of a thing is `<kind>-<id>` (design section 4). */
export type StreamKind =
  | 'activity'
  | 'claim'
  | 'observation'
  | 'deliverable'
  | 'body'
  | 'theme'
  | 'programme'
  | 'savings-area'
  | 'offer'
  | 'measure'
  | 'import'
  | 'period'
  | 'adjustment'
  | 'approval'
  | 'mapping'
  | 'publication'
  | 'ledger';

/** One event type: declared once, everything else is derived from it. */
export interface EventDefinition<T extends string = string, S extends z.ZodType = z.ZodType> {
  readonly type: T;
  /** The version that is written today; older ones are read through `upcasts`. */
  readonly version: number;
  /** The streams it may stand in. */
  readonly streams: readonly StreamKind[];
  /** What it says, in one sentence, for the documents made from it. */
  readonly meaning: string;
  readonly data: S;
  /** `upcasts[n]` turns data of version n into data of version n + 1. */
  readonly upcasts: Readonly<Record<number, (data: unknown) => unknown>>;
  /** Schemas of the versions no longer written, kept to document and to test what old logs hold. */
  readonly formerly: Readonly<Record<number, z.ZodType>>;
  /**
   * True where it is the content of a record: what a correction can replace whole. The others are steps in
   * the life of a record.
   */
  readonly content: boolean;
}

export function defineEvent<const T extends string, S extends z.ZodType>(
  definition: Omit<EventDefinition<T, S>, 'version' | 'upcasts' | 'formerly' | 'content'> &
    Partial<Pick<EventDefinition<T, S>, 'version' | 'upcasts' | 'formerly' | 'content'>>,
): EventDefinition<T, S> {
  return { version: 1, upcasts: {}, formerly: {}, content: false, ...definition };
}
