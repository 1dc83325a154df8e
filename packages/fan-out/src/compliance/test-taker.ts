import type { PartitionTaker, TopicRecord } from '../port';

/** What was done to a taker, in order. */
export type TakerStep =
  | { readonly began: number }
  | { readonly ended: number }
  | { readonly took: readonly TopicRecord[]; readonly of: number };

/** A member's taker that notes what it is asked for, and remembers where each partition goes on. */
export class TestTaker implements PartitionTaker<TopicRecord> {
  readonly steps: TakerStep[] = [];
  /** Where partitions go on: shared by all takers of a test, as a database would be. */
  readonly offsets: Map<number, bigint>;
  /** How many records it has been asked what to keep of. */
  reads = 0;
  #waiting: (() => void)[] = [];
  /** Asked before records are noted: where it answers an offset, that is where the partition goes on instead. */
  before: (partition: number, records: readonly TopicRecord[]) => Promise<bigint | undefined> = async () =>
    undefined;

  constructor(offsets = new Map<number, bigint>()) {
    this.offsets = offsets;
  }

  async begin(partition: number): Promise<bigint> {
    this.#note({ began: partition });
    return this.offsets.get(partition) ?? 0n;
  }

  read(record: TopicRecord): TopicRecord {
    this.reads += 1;
    this.#changed();
    return record;
  }

  async take(partition: number, records: readonly TopicRecord[]): Promise<bigint> {
    const elsewhere = await this.before(partition, records);
    if (elsewhere !== undefined) return elsewhere;
    this.#note({ took: records, of: partition });
    const next = (records.at(-1)?.offset ?? -1n) + 1n;
    this.offsets.set(partition, next);
    return next;
  }

  end(partition: number): void {
    this.#note({ ended: partition });
  }

  #note(step: TakerStep): void {
    this.steps.push(step);
    this.#changed();
  }

  #changed(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  /** Everything taken, in the order in which it was. */
  get taken(): readonly TopicRecord[] {
    return this.steps.flatMap((step) => ('took' in step ? step.took : []));
  }

  /** Resolves when something is so; it is looked at whenever this taker was asked for anything. */
  async until(is: () => boolean): Promise<void> {
    while (!is()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
