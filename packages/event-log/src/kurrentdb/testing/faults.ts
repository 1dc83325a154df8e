/** What a test asks of the server while it runs. */
export interface Faults {
  /** Appends are written, and nobody is told. */
  readonly swallowAnswers: boolean;
  /** Appends are neither written nor answered. */
  readonly ignoreAppends: boolean;
  /** Reads and subscriptions are accepted, and nothing is sent. */
  readonly stallReads: boolean;
  /** How long a read waits before each event, in milliseconds. */
  readonly slowReadsMs: number;
}

export const noFaults: Faults = {
  swallowAnswers: false,
  ignoreAppends: false,
  stallReads: false,
  slowReadsMs: 0,
};

/** How often each call was made. */
export interface Calls {
  read: number;
  append: number;
  batchAppend: number;
  appendSession: number;
  appendRecords: number;
}

/** What the parts of the server share. */
export interface Behaviour {
  faults: Faults;
  readonly calls: Calls;
  /** Those that are open. */
  readonly subscriptions: Set<{ drop(): void }>;
}
