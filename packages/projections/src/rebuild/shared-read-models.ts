import type { ReadStore, Shelf } from '@ledger/read-store';
import type { LedgerQueries } from '../queries/answers';
import type { ReferenceData } from '../queries/reference-data';
import { appliedTo, type ProjectedStores } from '../runtime/projected-stores';
import { labelOfBoth, projections, together, type Projection } from '../runtime/projection';
import { labelOf } from './building';
import { Generation, type InUse } from './generation';
import { queriesVia } from './queries-via';
import type { ParkedEvent, ReadModelsParts } from './read-models-parts';

/** No projector has built a projection yet. */
export class ReadModelsMissingError extends Error {
  readonly code = 'READ_MODELS_MISSING';
  constructor(readonly projection: Projection) {
    super(
      `The ${projection} are not built yet. Start a projector for these read models, and wait until it is ready.`,
    );
    this.name = 'ReadModelsMissingError';
  }
}

/** The versions that a generation answers from. */
interface Versions {
  readonly generation: Generation;
  readonly numbers: string;
  /** Whether one of them is of another release. */
  readonly old: boolean;
}

/** The stores of a generation, and whether one of them is of another release. */
interface Opened {
  readonly models: Readonly<Record<Projection, InUse>>;
  readonly old: boolean;
}

/**
 * Read models that a projector in another process keeps: questions are answered from the versions in use, and from the
 * next one as soon as the projector has put it in the place of the one before.
 */
export class SharedReadModels {
  readonly #parts: Pick<ReadModelsParts, 'log' | 'figures' | 'readEvent' | 'versions'> & {
    readonly shelf: Pick<Shelf, 'current' | 'inUse'>;
  };
  #versions: Versions | undefined;
  #opening: Promise<void> | undefined;
  /** Closings of versions that questions were being answered from. */
  readonly #closing = new Set<Promise<void>>();

  constructor(
    parts: Pick<ReadModelsParts, 'log' | 'figures' | 'readEvent' | 'versions'> & {
      readonly shelf: Pick<Shelf, 'current' | 'inUse'>;
    },
  ) {
    this.#parts = parts;
  }

  /** The questions. Each may be refused with ReadModelsMissingError besides its own. */
  get queries(): LedgerQueries {
    return queriesVia((question) => this.#ask(({ queries }) => question(queries)));
  }

  /** The position that every projection has applied in every partition. @throws ReadModelsMissingError */
  async applied(): Promise<bigint> {
    return this.reading(async (stores) => BigInt(await appliedTo(stores)));
  }

  /** Reads the stores in use: they stay open until it is done. @throws ReadModelsMissingError */
  async reading<T>(work: (stores: ProjectedStores) => Promise<T>): Promise<T> {
    return this.#ask(({ stores }) => work(stores));
  }

  /** True while answers come from the version of another release, in the last version that was asked. */
  get rebuilding(): boolean {
    return this.#versions?.old === true;
  }

  /** How many events are parked in each projection. @throws ReadModelsMissingError */
  async parked(): Promise<Readonly<Record<Projection, number>>> {
    return this.#ask((generation) => generation.parked());
  }

  /** Every event that is parked, with why, in the order of the log. @throws ReadModelsMissingError */
  async parkedEvents(): Promise<readonly ParkedEvent[]> {
    return this.#ask((generation) => generation.parkedEvents());
  }

  /** Register, catalogue, imports and adjustments with everything that is recorded, applied or not: for deciding commands. */
  get reference(): Pick<ReferenceData, 'register' | 'catalogue' | 'imports' | 'undecidedAdjustments'> {
    return {
      register: (position) => this.#ask(({ reference }) => reference.register(position)),
      catalogue: (position) => this.#ask(({ reference }) => reference.catalogue(position)),
      imports: (position) => this.#ask(({ reference }) => reference.imports(position)),
      undecidedAdjustments: (position) =>
        this.#ask(({ reference }) => reference.undecidedAdjustments(position)),
    };
  }

  /** Asks what answers now, whoever has put it there. */
  async #ask<T>(question: (generation: Generation) => Promise<T>): Promise<T> {
    for (;;) {
      const numbers = await this.#numbers();
      // Nothing is waited for in between: what is asked here is not closed before it has answered.
      if (this.#versions?.numbers === numbers) return this.#versions.generation.ask(question);
      // Questions that are asked at once open a new version once.
      this.#opening ??= this.#open(numbers).finally(() => (this.#opening = undefined));
      await this.#opening;
    }
  }

  /** Which versions are in use. Those that are kept together go before. */
  async #numbers(): Promise<string> {
    const both = await this.#parts.shelf.inUse(together);
    if (both > 0) return `${together} ${both}`;
    const numbers: number[] = [];
    for (const projection of projections) numbers.push(await this.#parts.shelf.inUse(projection));
    return numbers.join(' ');
  }

  async #open(numbers: string): Promise<void> {
    const { models, old } = numbers.startsWith(together) ? await this.#openBoth() : await this.#openEach();
    const before = this.#versions;
    this.#versions = { generation: new Generation(models, this.#parts, () => old), numbers, old };
    if (before !== undefined) this.#letGo(before);
  }

  async #openBoth(): Promise<Opened> {
    const store = await this.#parts.shelf.current(together);
    if (store === undefined) throw new ReadModelsMissingError('figures');
    const old = (await store.label()) !== labelOfBoth(this.#parts.versions);
    const model = { store, follower: undefined };
    return { models: { figures: model, documents: model }, old };
  }

  async #openEach(): Promise<Opened> {
    const stores = new Map<Projection, ReadStore>();
    let old = false;
    try {
      for (const projection of projections) {
        const store = await this.#parts.shelf.current(projection);
        if (store === undefined) throw new ReadModelsMissingError(projection);
        stores.set(projection, store);
        if ((await store.label()) !== labelOf(this.#parts, projection)) old = true;
      }
    } catch (error) {
      for (const store of stores.values()) await store.close();
      throw error;
    }
    const model = (projection: Projection): InUse => {
      const store = stores.get(projection);
      if (store === undefined) throw new ReadModelsMissingError(projection);
      return { store, follower: undefined };
    };
    return { models: { figures: model('figures'), documents: model('documents') }, old };
  }

  /** Closes what is not in use any more, when the questions that are being answered from it are answered. */
  #letGo({ generation }: Versions): void {
    const closing = closeFree(generation).finally(() => this.#closing.delete(closing));
    this.#closing.add(closing);
  }

  /** Answers what is being asked, then closes the stores. */
  async close(): Promise<void> {
    await this.#opening?.catch(() => undefined);
    if (this.#versions !== undefined) this.#letGo(this.#versions);
    this.#versions = undefined;
    await Promise.all(this.#closing);
  }
}

async function closeFree(generation: Generation): Promise<void> {
  await generation.free();
  // Closing twice does nothing more.
  for (const projection of projections) await generation.models[projection].store.close();
}
