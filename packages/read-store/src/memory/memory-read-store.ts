import {
  CheckpointMovedError,
  type Dictionary,
  type FactRow,
  type ParkedEvent,
  type ReadSheet,
  type ReadStore,
  type Segment,
  type SegmentHead,
  type WriteTransaction,
} from '../port';

class Interned {
  readonly keys: string[] = [];
  readonly #numbers = new Map<string, number>();

  number(key: string): number {
    let number = this.#numbers.get(key);
    if (number === undefined) {
      number = this.keys.push(key);
      this.#numbers.set(key, number);
    }
    return number;
  }
}

interface Staged {
  readonly segments: Segment[];
  readonly facts: FactRow[];
  readonly parked: ParkedEvent[];
}

/** The last of segments in position order that begins at or before a position. */
function lastBeginningBy(segments: readonly Segment[], upTo: number): Segment | undefined {
  let [low, high] = [0, segments.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((segments[middle]?.first ?? Infinity) <= upTo) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}

/** The read store for tests, dry runs and the offline verifier: nothing outlives the process. */
export class MemoryReadStore implements ReadStore {
  readonly engine = 'memory';
  readonly #dictionaries: Record<Dictionary, Interned> = {
    sheet: new Interned(),
    body: new Interned(),
    person: new Interned(),
    manner: new Interned(),
  };
  readonly #checkpoints = new Map<number, number>();
  /** By sheet, then partition: segments in position order. */
  readonly #segments = new Map<number, Map<number, Segment[]>>();
  /** By collection, in position order. */
  readonly #facts = new Map<string, FactRow[]>();
  readonly #parked: ParkedEvent[] = [];
  #label: string | null = null;
  #turn: Promise<unknown> = Promise.resolve();

  async label(): Promise<string | null> {
    return this.#label;
  }

  async setLabel(label: string): Promise<void> {
    this.#label = label;
  }

  async advance(
    step: { readonly partition: number; readonly from: number; readonly to: number },
    work: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<void> {
    const mine = this.#turn.then(async () => {
      const actual = this.#checkpoints.get(step.partition) ?? 0;
      if (actual !== step.from) throw new CheckpointMovedError(step.partition, step.from, actual);
      const staged: Staged = { segments: [], facts: [], parked: [] };
      await work({
        intern: async (dictionary, keys) => keys.map((key) => this.#dictionaries[dictionary].number(key)),
        putSegments: async (segments) => {
          for (const segment of segments) staged.segments.push(segment);
        },
        putFacts: async (facts) => {
          for (const fact of facts) staged.facts.push(fact);
        },
        park: async (events) => {
          for (const event of events) staged.parked.push(event);
        },
      });
      for (const segment of staged.segments) this.#putSegment(segment);
      for (const fact of staged.facts) this.#putFact(fact);
      for (const event of staged.parked) this.#parked.push(event);
      this.#checkpoints.set(step.partition, step.to);
    });
    // A failed step is the business of its caller, not of the next one in turn.
    this.#turn = mine.catch(() => undefined);
    await mine;
  }

  #putSegment(segment: Segment): void {
    const partitions = this.#segments.get(segment.sheet) ?? new Map<number, Segment[]>();
    this.#segments.set(segment.sheet, partitions);
    const segments = partitions.get(segment.partition) ?? [];
    partitions.set(segment.partition, segments);
    if (segments.at(-1)?.first === segment.first) segments.pop();
    segments.push(segment);
  }

  #putFact(fact: FactRow): void {
    const facts = this.#facts.get(fact.collection) ?? [];
    this.#facts.set(fact.collection, facts);
    facts.push(fact);
    facts.sort((a, b) => a.position - b.position);
  }

  async checkpoints(): Promise<ReadonlyMap<number, number>> {
    return new Map(this.#checkpoints);
  }

  async dictionary(dictionary: Dictionary, from: number): Promise<readonly string[]> {
    return this.#dictionaries[dictionary].keys.slice(from - 1);
  }

  async segments(sheets: readonly number[], upTo: number): Promise<readonly Segment[]> {
    return [...sheets]
      .sort((a, b) => a - b)
      .flatMap((sheet) => [...(this.#segments.get(sheet) ?? [])].sort(([a], [b]) => a - b))
      .flatMap(([, segments]) => segments.filter((segment) => segment.first <= upTo));
  }

  async segmentsAfter(sheets: readonly ReadSheet[], upTo: number): Promise<readonly Segment[]> {
    const found: Segment[] = [];
    for (const { sheet, after } of sheets)
      for (const segment of await this.segments([sheet], upTo)) if (segment.last > after) found.push(segment);
    return found;
  }

  async segmentsAt(sheet: number, upTo: number): Promise<readonly Segment[]> {
    const partitions = [...(this.#segments.get(sheet) ?? [])].sort(([a], [b]) => a - b);
    return partitions.flatMap(([, segments]) => lastBeginningBy(segments, upTo) ?? []);
  }

  async headsAfter(partition: number, position: number): Promise<readonly SegmentHead[]> {
    const found: Segment[] = [];
    for (const partitions of this.#segments.values())
      for (const segment of (partitions.get(partition) ?? []).toReversed()) {
        if (segment.last <= position) break;
        found.push(segment);
      }
    return found.sort((a, b) => a.last - b.last);
  }

  async lastSegments(partition: number, sheets: readonly number[]): Promise<readonly Segment[]> {
    return sheets.flatMap((sheet) => this.#segments.get(sheet)?.get(partition)?.at(-1) ?? []);
  }

  async facts(collection: string, after: number, limit: number): Promise<readonly FactRow[]> {
    const facts = this.#facts.get(collection) ?? [];
    return facts.filter(({ position }) => position > after).slice(0, limit);
  }

  async countFacts(collection: string): Promise<number> {
    return this.#facts.get(collection)?.length ?? 0;
  }

  async parked(upTo: number): Promise<readonly ParkedEvent[]> {
    return this.#parked.filter((event) => event.position <= upTo).sort((a, b) => a.position - b.position);
  }

  async close(): Promise<void> {
    await this.#turn;
  }
}
