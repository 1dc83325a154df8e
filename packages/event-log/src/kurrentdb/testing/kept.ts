/** An event as it is proposed. */
export interface Proposed {
  readonly id: string;
  readonly type: string;
  readonly isJson: boolean;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
}

/** An event as it is kept. Positions are places in the file, in bytes: they have gaps. */
export interface Kept extends Proposed {
  readonly stream: string;
  readonly revision: number;
  readonly position: number;
  /** Ticks of 100 ns since 1970. Source: convertCreatedToDate of the client. */
  readonly created: string;
}
