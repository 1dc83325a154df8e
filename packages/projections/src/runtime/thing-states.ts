import type { RecordedThing } from './recorded-thing';

/** How many things of late are kept, unless it is said. */
const usualThings = 10_000;

/** A stream's name, or its number in the log where events come with one: a number is found sooner. */
export type StreamKey = string | number;

/** Remembers things that may go on. */
export class ThingStates {
  /** Things of late, and those before them: when there are many of late, the earlier ones are forgotten. */
  #late = new Map<StreamKey, RecordedThing>();
  #earlier = new Map<StreamKey, RecordedThing>();

  /** @param keptThings how many things of late are kept, at least, when a chunk is complete */
  constructor(readonly keptThings = usualThings) {}

  /** The thing before the event of a revision, where it is remembered. */
  before(key: StreamKey, revision: bigint): RecordedThing | undefined {
    const kept = this.#late.get(key) ?? this.#earlier.get(key);
    return kept !== undefined && kept.thing.revision === revision - 1n ? kept : undefined;
  }

  keep(key: StreamKey, recorded: RecordedThing): void {
    this.#late.set(key, recorded);
  }

  /**
   * A chunk is complete: earlier things may be forgotten now, and are read back when their next event comes. Never within a
   * chunk: who has looked before it which things are not remembered has read those back at once, and each that is forgotten
   * afterwards is read back by itself.
   */
  chunkDone(): void {
    if (this.#late.size < this.keptThings) return;
    this.#earlier = this.#late;
    this.#late = new Map();
  }

  /** Lets go of a thing that is known to have no further event. */
  forget(key: StreamKey): void {
    this.#late.delete(key);
    this.#earlier.delete(key);
  }
}
