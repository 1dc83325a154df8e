import { DamagedBodyError, decodeStoredBody } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { nodeCrypto, TiledTree, TreeHashing, type Prover } from '@ledger/seal';
import type { SealStore } from './store/seal-store';

/** Events read at once, about a millisecond of work; between two pages others have their turn. */
const pageSize = 200;
/** Hashes of so many events are kept in one write at most. */
const keptAtOnce = 10_000;

const hashing = new TreeHashing(nodeCrypto);

/** What is sealed at once when it is recorded. */
export type Occasion = 'period' | 'publication';

/** Members of a canonical body are sorted, and nothing comes after the type but warnings, which none of these has. */
const occasions: readonly (readonly [Occasion, Buffer])[] = [
  ['period', Buffer.from('"type":"PeriodClosed"}')],
  ['publication', Buffer.from('"type":"FigurePublished"}')],
];

/** Whether bytes end like this: looked at from the end, where most differ at once. */
function endsWith(bytes: Uint8Array, end: Uint8Array): boolean {
  for (let at = 1; at <= end.length; at++) if (bytes.at(-at) !== end.at(-at)) return false;
  return true;
}

/** The tree over a log, kept in the store of the seals. It only ever reads on: what was added is never read again. */
export class SealedLog {
  readonly #log: Pick<EventLog, 'readPage'>;
  readonly #store: SealStore;
  #tree: TiledTree;
  /** When the last event in it was recorded; empty where that is not known yet. */
  #lastRecordedAt = '';

  /** @throws DamagedTreeError */
  constructor(log: Pick<EventLog, 'readPage'>, store: SealStore) {
    this.#log = log;
    this.#store = store;
    this.#tree = this.#opened();
  }

  #opened(): TiledTree {
    return new TiledTree(hashing, this.#store.readTile, this.#store.size);
  }

  /** Events in it. */
  get size(): number {
    return this.#tree.size;
  }

  get prover(): Prover {
    return this.#tree.prover();
  }

  /** Hashes of 256 leaves as they were added, or of what there is of them. */
  leafTile(number: number): Uint8Array {
    return this.#tree.leafTile(number);
  }

  /**
   * Adds the events up to a position.
   * @param rest lets others have their turn, and says whether to go on
   * @returns what among them is sealed at once; undefined where nothing is
   */
  async absorb(upTo: number, rest: () => Promise<boolean>): Promise<Occasion | undefined> {
    let occasion: Occasion | undefined;
    try {
      let unkept = 0;
      while (this.#tree.size < upTo) {
        const limit = Math.min(pageSize, upTo - this.#tree.size);
        const page = await this.#log.readPage({ after: BigInt(this.#tree.size), limit });
        if (page.length === 0) break;
        for (const { bytes } of page) {
          this.#tree.add(hashing.leaf(bytes));
          occasion ??= occasionOf(bytes);
        }
        this.#lastRecordedAt = recordedAtOf(page.at(-1)?.bytes);
        unkept += page.length;
        if (unkept >= keptAtOnce) {
          this.keep();
          unkept = 0;
        }
        if (!(await rest())) break;
      }
      if (unkept > 0) this.keep();
    } catch (error) {
      // What is in memory may be ahead of the file: the file is what counts.
      this.#tree = this.#opened();
      throw error;
    }
    return occasion;
  }

  keep(): void {
    this.#store.keep(this.#tree.take(), this.#tree.size);
  }

  /** When the last event in it was recorded. */
  async lastRecordedAt(): Promise<string> {
    if (this.#lastRecordedAt === '' && this.#tree.size > 0) {
      const [last] = await this.#log.readPage({ after: BigInt(this.#tree.size - 1), limit: 1 });
      this.#lastRecordedAt = recordedAtOf(last?.bytes);
    }
    return this.#lastRecordedAt;
  }
}

function occasionOf(bytes: Uint8Array): Occasion | undefined {
  return occasions.find(([, type]) => endsWith(bytes, type))?.[0];
}

/** When an event was recorded; empty where its body is damaged and does not say. */
function recordedAtOf(bytes: Uint8Array | undefined): string {
  try {
    return bytes === undefined ? '' : decodeStoredBody(bytes).recordedAt;
  } catch (error) {
    if (error instanceof DamagedBodyError) return '';
    throw error;
  }
}
