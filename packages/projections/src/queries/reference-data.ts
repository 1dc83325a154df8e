import { Register } from '@ledger/councils';
import { catalogueAsRecordedBy, type Catalogue } from '@ledger/domain';
import type { ReadStore } from '@ledger/read-store';
import { parseFact, type Fact, type FactCollection } from '../documents/fact';

const pageSize = 5000;

/** Where facts are. */
type FactStore = Pick<ReadStore, 'checkpoints' | 'facts' | 'countFacts'>;

/** Follows the facts of one collection. Facts never change, so only new ones are read. */
class FactFollower {
  #facts: Fact[] = [];
  /** The checkpoints that the facts are of. */
  #state = '';
  #reading: Promise<readonly Fact[]> | undefined;

  constructor(
    readonly store: FactStore,
    readonly collection: FactCollection,
  ) {}

  /** All facts applied so far, in position order. The same array until a new fact came. */
  async facts(): Promise<readonly Fact[]> {
    this.#reading ??= this.#read().finally(() => {
      this.#reading = undefined;
    });
    return this.#reading;
  }

  async #read(): Promise<readonly Fact[]> {
    const checkpoints = await this.store.checkpoints();
    const state = [...checkpoints].join(' ');
    if (state === this.#state) return this.#facts;
    const fresh = await this.#after(Number(this.#facts.at(-1)?.position ?? 0n));
    if (fresh.length > 0) this.#facts = [...this.#facts, ...fresh];
    if (checkpoints.size > 1) await this.#catchUp();
    this.#state = state;
    return this.#facts;
  }

  /** With several partitions a fact may come behind a later one: then all are read again. */
  async #catchUp(): Promise<void> {
    const held = await this.store.countFacts(this.collection);
    if (held !== this.#facts.length) this.#facts = await this.#after(0);
  }

  async #after(position: number): Promise<Fact[]> {
    const facts: Fact[] = [];
    for (let last = position; ;) {
      const page = await this.store.facts(this.collection, last, pageSize);
      facts.push(...page.map(parseFact));
      if (page.length < pageSize) return facts;
      last = page.at(-1)?.position ?? last;
    }
  }
}

/** How many earlier states of the catalogue are kept ready. */
const keptCatalogues = 50;

/** Register and catalogue as recorded by any position: joined to lines when a question is asked. */
export class ReferenceData {
  readonly #registerFacts: FactFollower;
  readonly #catalogueFacts: FactFollower;
  #register: { readonly facts: readonly Fact[]; readonly register: Register } | undefined;
  readonly #catalogues = new Map<
    bigint,
    { readonly facts: readonly Fact[]; readonly catalogue: Catalogue }
  >();

  constructor(store: FactStore) {
    this.#registerFacts = new FactFollower(store, 'register');
    this.#catalogueFacts = new FactFollower(store, 'catalogue');
  }

  async register(position: bigint): Promise<Register> {
    const facts = await this.#registerFacts.facts();
    if (this.#register?.facts !== facts)
      this.#register = {
        facts,
        register: Register.fromFacts(facts.map((fact) => ({ ...fact, bodyId: fact.id }))),
      };
    return this.#register.register.asRecordedBy(position);
  }

  async catalogue(position: bigint): Promise<Catalogue> {
    const facts = await this.#catalogueFacts.facts();
    const kept = this.#catalogues.get(position);
    if (kept?.facts === facts) return kept.catalogue;
    const catalogue = catalogueAsRecordedBy(facts, position);
    if (this.#catalogues.size >= keptCatalogues) this.#catalogues.clear();
    this.#catalogues.set(position, { facts, catalogue });
    return catalogue;
  }
}
