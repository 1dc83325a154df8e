import type { Findings } from './finding';
import type { KnownCheckpoint } from './known-checkpoint';

/** A checkpoint with its time in milliseconds since 1970, UTC. */
type TimedCheckpoint = KnownCheckpoint & { readonly at: number };

/** Holds recorded times against one another and against the times of checkpoints. */
export class TimeRules {
  readonly #checkpoints: readonly TimedCheckpoint[];
  readonly #toleranceMs: number;
  readonly #findings: Findings;
  /** How many checkpoints are over nothing but what was seen. */
  #behind = 0;
  #latest = Number.NEGATIVE_INFINITY;
  /** The last time that was read: events of one append share it. */
  #read = { text: '', at: Number.NaN };

  /**
   * @param checkpoints in the order of their sizes
   * @param toleranceMs by how much clocks of several writers may differ; 0 for one writer
   */
  constructor(checkpoints: readonly KnownCheckpoint[], toleranceMs: number, findings: Findings) {
    this.#checkpoints = checkpoints.map((one) => ({ ...one, at: Date.parse(one.time) }));
    this.#toleranceMs = toleranceMs;
    this.#findings = findings;
    checkpoints.forEach(({ time, called }, at) => {
      const before = checkpoints[at - 1];
      if (before !== undefined && time < before.time)
        findings.add(
          'BACK_DATED',
          null,
          `${called}, of ${time}, is over more events than ${before.called} and yet older, ${before.time}.`,
        );
    });
  }

  /** Looks at the next event. */
  event(index: number, recordedAt: string): void {
    const time = this.#timeOf(recordedAt);
    const checkpoints = this.#checkpoints;
    for (let next = checkpoints[this.#behind]; next !== undefined && next.size <= index;) {
      this.#behind += 1;
      next = checkpoints[this.#behind];
    }
    const [before, after] = [checkpoints[this.#behind - 1], checkpoints[this.#behind]];
    const fault = this.#faultOf(time, before, after, index);
    if (fault !== undefined)
      this.#findings.add(
        'BACK_DATED',
        index,
        `The event at position ${index + 1} is recorded at ${recordedAt}, ${fault}.`,
      );
    if (time > this.#latest) this.#latest = time;
  }

  #timeOf(text: string): number {
    if (text !== this.#read.text) this.#read = { text, at: Date.parse(text) };
    return this.#read.at;
  }

  /** What is wrong with the time of an event between two checkpoints, or undefined. */
  #faultOf(
    time: number,
    before: TimedCheckpoint | undefined,
    after: TimedCheckpoint | undefined,
    index: number,
  ): string | undefined {
    if (Number.isNaN(time)) return 'which is no time';
    if (before !== undefined && time < before.at - this.#toleranceMs)
      return `before ${before.called} of ${before.time}, which does not hold it`;
    if (after !== undefined && time > after.at + this.#toleranceMs)
      return `after ${after.called} of ${after.time}, which holds it`;
    return time < this.#latest - this.#toleranceMs ? `before the event at position ${index}` : undefined;
  }
}
