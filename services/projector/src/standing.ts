/** How a projector stands. */
export type Standing =
  | { readonly state: 'opening'; readonly hindrance?: string }
  | {
      readonly state: 'building';
      readonly projection: string;
      readonly position: number;
      readonly of: number;
      readonly hindrance?: string;
    }
  | {
      readonly state: 'following';
      readonly position: string;
      readonly head: string;
      /** Of a topic: the partitions that are this projector's now. */
      readonly partitions?: readonly number[];
      readonly hindrance?: string;
    };

/** What keeps read models, from a log or from a topic. */
export interface Keeping {
  /** Resolves when everything there was at the start is applied; goes on until it is stopped. */
  start(): Promise<void>;
  /** Resolves never; rejects with why it has ended, where it was not stopped. */
  failed(): Promise<never>;
  standing(): Promise<Standing>;
  /** How many events are parked. */
  parked(): Promise<number>;
  /** Stops after what is being applied. */
  stop(): Promise<void>;
}
