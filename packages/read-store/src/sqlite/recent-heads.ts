import type { Segment, SegmentHead } from '../port';

/** What one committed step wrote. */
interface Step {
  readonly from: number;
  readonly to: number;
  readonly heads: readonly SegmentHead[];
}

/** How many heads are remembered before those of the older steps are let go. */
const usualMost = 40_000;

/**
 * Which segments of a partition the last steps wrote. Whoever follows asks after every step what has changed: an index
 * in the file that knows it would have to be written to with every segment.
 */
export class RecentHeads {
  readonly #steps = new Map<number, Step[]>();
  #held = 0;

  constructor(readonly most = usualMost) {}

  /** Notes a step that was committed. */
  add(partition: number, from: number, to: number, segments: readonly Segment[]): void {
    const steps = this.#steps.get(partition) ?? [];
    const last = steps.at(-1);
    // A step that does not follow the last one was made by somebody else in between.
    if (last !== undefined && last.to !== from) this.#release(steps, steps.length);
    steps.push({ from, to, heads: segments.map(headOf) });
    this.#steps.set(partition, steps);
    this.#held += segments.length;
    if (this.#held <= this.most) return;
    for (const of of this.#steps.values()) this.#release(of, Math.ceil(of.length / 2));
  }

  #release(steps: Step[], count: number): void {
    for (const { heads } of steps.splice(0, count)) this.#held -= heads.length;
  }

  /** The heads of what ends after a position, in the order of the ends; undefined where that is not known any more. */
  after(partition: number, position: number): SegmentHead[] | undefined {
    const steps = this.#steps.get(partition) ?? [];
    const first = steps[0];
    if (first === undefined || first.from > position) return undefined;
    const found = new Map<string, SegmentHead>();
    for (let at = steps.length - 1; at >= 0; at--) {
      const step = steps[at];
      if (step === undefined || step.to <= position) break;
      for (const head of step.heads) {
        const name = `${head.sheet} ${head.first}`;
        // A later step says how the segment stands now.
        if (head.last > position && !found.has(name)) found.set(name, head);
      }
    }
    return [...found.values()].sort((one, other) => one.last - other.last);
  }
}

function headOf({ partition, sheet, first, last, linesAfter, quantityAfter }: Segment): SegmentHead {
  return { partition, sheet, first, last, linesAfter, quantityAfter };
}
