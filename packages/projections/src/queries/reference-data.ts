import { Register, type BodyFact } from '@ledger/councils';
import {
  catalogueAsRecordedBy,
  evolvePeriod,
  openYear,
  type Catalogue,
  type PeriodOfYear,
} from '@ledger/domain';
import type { ReadStore } from '@ledger/read-store';
import { parseFact, type Fact, type FactCollection } from '../documents/fact';
import { ImportsInParts } from './imports-in-parts';

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
    /** What is held of each fact, where that is less than all of it. */
    readonly held: (fact: Fact) => Fact = (fact) => fact,
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
      facts.push(...page.map((row) => this.held(parseFact(row))));
      if (page.length < pageSize) return facts;
      last = page.at(-1)?.position ?? last;
    }
  }
}

/** A proposal may hold a hundred thousand withheld events, which are read from its stream when it is asked for. */
function withoutWrites(fact: Fact): Fact {
  const { event } = fact;
  if (event.type !== 'AdjustmentProposed') return fact;
  return { ...fact, event: { ...event, data: { ...event.data, writes: [] } } };
}

/** How many earlier states of the catalogue are kept ready. */
const keptCatalogues = 50;

/** The periods of years by the year: those that were ever closed. */
export type Periods = ReadonlyMap<number, PeriodOfYear>;

/** The position of the last fact recorded by a position: until the next one, all of them say the same. */
function lastFactBy(facts: readonly Fact[], position: bigint): bigint {
  // By halves: the register may have a hundred thousand facts.
  let [low, high] = [0, facts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((facts[middle]?.position ?? 0n) <= position) low = middle + 1;
    else high = middle;
  }
  return facts[low - 1]?.position ?? 0n;
}

function periodsAsRecordedBy(facts: readonly Fact[], position: bigint): Periods {
  const periods = new Map<number, PeriodOfYear>();
  for (const fact of facts) {
    if (fact.position > position) break;
    const year = Number(fact.id);
    periods.set(year, evolvePeriod(periods.get(year) ?? openYear(year), fact));
  }
  return periods;
}

/** Register, catalogue and periods as recorded by any position: joined to lines when a question is asked. */
export class ReferenceData {
  readonly #registerFacts: FactFollower;
  readonly #catalogueFacts: FactFollower;
  readonly #periodFacts: FactFollower;
  readonly #adjustmentFacts: FactFollower;
  readonly #importFacts: FactFollower;
  readonly #publicationFacts: FactFollower;
  #register: { readonly facts: readonly Fact[]; readonly register: Register } | undefined;
  #imports: { readonly facts: readonly Fact[]; readonly inParts: ImportsInParts } | undefined;
  /** Of the last position that was asked about: the same until another fact comes. */
  #periods: { readonly facts: readonly Fact[]; readonly last: bigint; readonly periods: Periods } | undefined;
  readonly #catalogues = new Map<
    bigint,
    { readonly facts: readonly Fact[]; readonly catalogue: Catalogue }
  >();

  constructor(store: FactStore) {
    this.#registerFacts = new FactFollower(store, 'register');
    this.#catalogueFacts = new FactFollower(store, 'catalogue');
    this.#periodFacts = new FactFollower(store, 'period');
    this.#adjustmentFacts = new FactFollower(store, 'adjustment', withoutWrites);
    this.#importFacts = new FactFollower(store, 'import');
    this.#publicationFacts = new FactFollower(store, 'publication');
  }

  async register(position: bigint): Promise<Register> {
    const facts = await this.#registerFacts.facts();
    if (this.#register?.facts !== facts) this.#register = { facts, register: this.#registerOf(facts) };
    return this.#register.register.asRecordedBy(lastFactBy(facts, position));
  }

  /** There may be a great many facts, and mostly one is new: then only the body that it is about is made again. */
  #registerOf(facts: readonly Fact[]): Register {
    const known = this.#register;
    const goesOn = known !== undefined && facts[known.facts.length - 1] === known.facts.at(-1);
    const fresh = facts
      .slice(goesOn ? known.facts.length : 0)
      .map((fact): BodyFact => ({ ...fact, bodyId: fact.id }));
    return goesOn ? known.register.withFacts(fresh) : Register.fromFacts(fresh);
  }

  /** What is known of imports and saved mappings, up to a position. */
  async imports(position: bigint): Promise<readonly Fact[]> {
    const facts = await this.#importFacts.facts();
    return facts.filter((fact) => fact.position <= position);
  }

  /** How many imports were being recorded or taken back in parts, as recorded by a position. */
  async importing(position: bigint): Promise<number> {
    const facts = await this.#importFacts.facts();
    if (this.#imports?.facts !== facts) this.#imports = { facts, inParts: new ImportsInParts(facts) };
    return this.#imports.inParts.at(position);
  }

  async catalogue(position: bigint): Promise<Catalogue> {
    const facts = await this.#catalogueFacts.facts();
    const last = lastFactBy(facts, position);
    const kept = this.#catalogues.get(last);
    if (kept?.facts === facts) return kept.catalogue;
    const catalogue = catalogueAsRecordedBy(facts, last);
    if (this.#catalogues.size >= keptCatalogues) this.#catalogues.clear();
    this.#catalogues.set(last, { facts, catalogue });
    return catalogue;
  }

  /** Which parts of which years were closed. */
  async periods(position: bigint): Promise<Periods> {
    const facts = await this.#periodFacts.facts();
    const last = lastFactBy(facts, position);
    if (this.#periods?.facts !== facts || this.#periods.last !== last)
      this.#periods = { facts, last, periods: periodsAsRecordedBy(facts, position) };
    return this.#periods.periods;
  }

  /** The adjustments proposed up to a position, the oldest first. */
  async adjustmentIds(position: bigint): Promise<readonly string[]> {
    const facts = await this.#adjustmentFacts.facts();
    return [...new Set(facts.flatMap((fact) => (fact.position <= position ? [fact.id] : [])))];
  }

  /** The adjustments that nobody had decided on by a position, the oldest first. */
  async undecidedAdjustments(position: bigint): Promise<readonly string[]> {
    const undecided = new Set<string>();
    for (const { id, event, position: at } of await this.#adjustmentFacts.facts()) {
      if (at > position) break;
      if (event.type === 'AdjustmentProposed') undecided.add(id);
      else undecided.delete(id);
    }
    return [...undecided];
  }

  /** Every figure that was published up to a position, in the order in which they were. */
  async publications(position: bigint): Promise<readonly Fact[]> {
    const facts = await this.#publicationFacts.facts();
    return facts.filter((fact) => fact.position <= position);
  }
}
