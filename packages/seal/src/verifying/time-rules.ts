import type { Findings } from './finding';
import type { KnownCheckpoint } from './known-checkpoint';

/** Holds recorded times against one another and against the times of checkpoints. */
export class TimeRules {
  readonly #checkpoints: readonly KnownCheckpoint[];
  readonly #toleranceMs: number;
  readonly #findings: Findings;
  /** How many checkpoints are over nothing but what was seen. */
  #behind = 0;
  #latest = Number.NEGATIVE_INFINITY;

  /**
   * @param checkpoints in the order of their sizes
   * @param toleranceMs by how much clocks of several writers may differ; 0 for one writer
   */
  constructor(checkpoints: readonly KnownCheckpoint[], toleranceMs: number, findings: Findings) {
    this.#checkpoints = checkpoints;
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
    const time = Date.parse(recordedAt);
    const checkpoints = this.#checkpoints;
    for (let next = checkpoints[this.#behind]; next !== undefined && next.size <= index;) {
      this.#behind += 1;
      next = checkpoints[this.#behind];
    }
    const [before, after] = [checkpoints[this.#behind - 1], checkpoints[this.#behind]];
    const where = `The event at position ${index + 1} is recorded at ${recordedAt}`;
    if (Number.isNaN(time)) this.#findings.add('BACK_DATED', index, `${where}, which is no time.`);
    else if (before !== undefined && time < Date.parse(before.time) - this.#toleranceMs)
      this.#findings.add(
        'BACK_DATED',
        index,
        `${where}, before ${before.called} of ${before.time}, which does not hold it.`,
      );
    else if (after !== undefined && time > Date.parse(after.time) + this.#toleranceMs)
      this.#findings.add(
        'BACK_DATED',
        index,
        `${where}, after ${after.called} of ${after.time}, which holds it.`,
      );
    else if (time < this.#latest - this.#toleranceMs)
      this.#findings.add('BACK_DATED', index, `${where}, before the event at position ${index}.`);
    if (time > this.#latest) this.#latest = time;
  }
}
