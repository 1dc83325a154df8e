import type { Run } from '../measuring/sample';

/** Which value of which run a number of a line is. */
export interface ValueOf {
  readonly run: string;
  readonly value: string;
}

/** What a line is measured against. */
export type Bar =
  /** At least so many times the raw limit, or what Emmett does. */
  | { readonly against: 'limit' | 'emmett'; readonly times: number }
  /** At most so many times the limit, of what is better the less it is. */
  | { readonly timesLimitAtMost: number }
  /** At most so much, in the unit of the line. */
  | { readonly atMost: number };

/** One line of the table. */
export interface Line {
  /** What it is called, for ever; a second figure of the same measurement has the id of the first and a suffix. */
  readonly id: string;
  readonly what: string;
  readonly unit: string;
  /** Whether more of the unit is faster, or less. */
  readonly better: 'more' | 'less';
  readonly ours: ValueOf;
  readonly limit?: ValueOf;
  readonly emmett?: ValueOf;
  readonly bars: readonly Bar[];
}

/** What is measured together: its contenders run in turn. */
export interface Measurement {
  readonly name: string;
  readonly lines: readonly Line[];
  readonly rounds: number;
  /** Made when its turn comes: some need logs and ledgers that are built first. */
  readonly runs: () => Promise<readonly Run[]>;
}
