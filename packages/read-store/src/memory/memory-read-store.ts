import {
  CheckpointMovedError,
  type Dictionary,
  type DocumentQuery,
  type DocumentVersion,
  type ParkedEvent,
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
  readonly documents: DocumentVersion[];
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
    member: new Interned(),
    body: new Interned(),
    person: new Interned(),
  };
  readonly #checkpoints = new Map<number, number>();
  /** By sheet, then partition: segments in position order. */
  readonly #segments = new Map<number, Map<number, Segment[]>>();
  /** By collection, then ordinal: versions in position order. */
  readonly #documents = new Map<string, Map<number, DocumentVersion[]>>();
  readonly #ordinals = new Map<string, number>();
  readonly #parked: ParkedEvent[] = [];
  #turn: Promise<unknown> = Promise.resolve();

  async advance(
    step: { readonly partition: number; readonly from: number; readonly to: number },
    work: (transaction: WriteTransaction) => Promise<void>,
  ): Promise<void> {
    const mine = this.#turn.then(async () => {
      const actual = this.#checkpoints.get(step.partition) ?? 0;
      if (actual !== step.from) throw new CheckpointMovedError(step.partition, step.from, actual);
      const staged: Staged = { segments: [], documents: [], parked: [] };
      await work({
        intern: async (dictionary, keys) => keys.map((key) => this.#dictionaries[dictionary].number(key)),
        putSegments: async (segments) => void staged.segments.push(...segments),
        putDocuments: async (documents) => void staged.documents.push(...documents),
        park: async (events) => void staged.parked.push(...events),
      });
      for (const segment of staged.segments) this.#putSegment(segment);
      for (const document of staged.documents) this.#putDocument(document);
      this.#parked.push(...staged.parked);
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

  #putDocument(document: DocumentVersion): void {
    const documents = this.#documents.get(document.collection) ?? new Map<number, DocumentVersion[]>();
    this.#documents.set(document.collection, documents);
    const versions = documents.get(document.ordinal) ?? [];
    documents.set(document.ordinal, versions);
    versions.push(document);
    this.#ordinals.set(`${document.collection}/${document.id}`, document.ordinal);
  }

  async checkpoints(): Promise<ReadonlyMap<number, number>> {
    return new Map(this.#checkpoints);
  }

  async dictionary(dictionary: Dictionary, from: number): Promise<readonly string[]> {
    return this.#dictionaries[dictionary].keys.slice(from - 1);
  }

  async segments(sheet: number, upTo: number): Promise<readonly Segment[]> {
    const partitions = [...(this.#segments.get(sheet) ?? [])].sort(([a], [b]) => a - b);
    return partitions.flatMap(([, segments]) => segments.filter((segment) => segment.first <= upTo));
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

  async lastSegment(partition: number, sheet: number): Promise<Segment | undefined> {
    return this.#segments.get(sheet)?.get(partition)?.at(-1);
  }

  #versionAt(collection: string, ordinal: number, upTo: number): DocumentVersion | undefined {
    return this.#documents
      .get(collection)
      ?.get(ordinal)
      ?.findLast((version) => version.position <= upTo);
  }

  async document(collection: string, id: string, upTo: number): Promise<DocumentVersion | undefined> {
    const ordinal = this.#ordinals.get(`${collection}/${id}`);
    return ordinal === undefined ? undefined : this.#versionAt(collection, ordinal, upTo);
  }

  #matching({ collection, upTo, keys = [], words = [] }: Omit<DocumentQuery, 'limit'>): DocumentVersion[] {
    return [...(this.#documents.get(collection)?.keys() ?? [])]
      .sort((a, b) => b - a)
      .flatMap((ordinal) => {
        const version = this.#versionAt(collection, ordinal, upTo);
        const fits =
          version !== undefined &&
          keys.every((key) => version.keys.includes(key)) &&
          words.every((word) => version.search.includes(word));
        return fits ? [version] : [];
      });
  }

  async documents(query: DocumentQuery): Promise<readonly DocumentVersion[]> {
    const { beforeOrdinal = Number.MAX_SAFE_INTEGER, limit } = query;
    return this.#matching(query)
      .filter((document) => document.ordinal < beforeOrdinal)
      .slice(0, limit);
  }

  async countDocuments(query: Omit<DocumentQuery, 'limit' | 'beforeOrdinal'>): Promise<number> {
    return this.#matching(query).length;
  }

  async documentsAfter(
    collection: string,
    ordinal: number,
    limit: number,
  ): Promise<readonly DocumentVersion[]> {
    return [...(this.#documents.get(collection) ?? [])]
      .filter(([at]) => at > ordinal)
      .sort(([a], [b]) => a - b)
      .slice(0, limit)
      .flatMap(([, versions]) => versions.slice(-1));
  }

  async parked(upTo: number): Promise<readonly ParkedEvent[]> {
    return this.#parked.filter((event) => event.position <= upTo).sort((a, b) => a.position - b.position);
  }

  async close(): Promise<void> {
    await this.#turn;
  }
}
