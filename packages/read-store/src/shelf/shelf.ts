import type { ReadStore } from '../port';

/** A new version of a read model, being built beside the one in use. */
export interface Draft {
  readonly store: ReadStore;
  /** Where another thread opens it, or null where it is in this process's memory only. */
  readonly file: string | null;
}

/**
 * The read models of a ledger by name, each in the version in use and perhaps a draft beside it. Versions are whole
 * stores; putting a draft into use is one atomic step that outlives the process.
 */
export interface Shelf {
  /** The store in use under a name, or undefined where there is none yet or it cannot be opened. */
  current(name: string): Promise<ReadStore | undefined>;
  /** The number of the version in use under a name, 0 where there is none; it grows with every version. */
  inUse(name: string): Promise<number>;
  /** The draft of a name with a label: one begun earlier under the same label goes on, any other is thrown away. */
  draft(name: string, label: string): Promise<Draft>;
  /** Opens the draft again, after another thread wrote it. */
  reopen(name: string): Promise<ReadStore>;
  /** Puts the draft into use. The store that was in use stays open until whoever holds it closes it. */
  promote(name: string): Promise<void>;
  /** Throws the draft away, if there is one. */
  discard(name: string): Promise<void>;
  /** Removes the versions that are neither in use nor a draft. */
  tidy(): Promise<void>;
}
