import type { Line, LineKind, Thing } from '@ledger/domain';
import type { ReadStore, Segment, SegmentHead } from '@ledger/read-store';
import { parseRecordKey, type RecordKeyName } from '../documents/record-key';
import { parseRollUp, type RollUp, type RollUpFamily } from '../roll-ups/roll-up';
import { Changes, type Reading } from './changes';
import type { State } from './kept';
import { parseManner, parseSheet, type Manner, type Sheet } from './sheet';

export interface NumberedSheet {
  readonly number: number;
  readonly sheet: Sheet;
}

export interface NumberedRollUp {
  readonly number: number;
  readonly rollUp: RollUp;
}

function of<K, L, V>(map: Map<K, Map<L, V>>, key: K): Map<L, V> {
  const known = map.get(key) ?? new Map<L, V>();
  map.set(key, known);
  return known;
}

const noHeads: readonly SegmentHead[] = [];

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function sheetsName(kind: LineKind, year?: number | null): string {
  return year === undefined ? `sheets ${kind}` : `sheets ${kind} ${year}`;
}

function yearsName(kind: LineKind): string {
  return `years ${kind}`;
}

function rollUpsName(family: RollUpFamily, kind: LineKind, year: number | null): string {
  return `${family} ${kind} ${year}`;
}

/** Follows the dictionaries of a read store: they only grow, so what was read stays true. */
export class LineIndex {
  /** Sheets by kind and year, so that a question looks at its own only. */
  readonly #sheets = new Map<LineKind, Map<number | null, NumberedSheet[]>>();
  readonly #byNumber = new Map<number, Sheet>();
  readonly #rollUps = new Map<string, NumberedRollUp[]>();
  /** Keys that records are found by, by kind of record and sort of key. */
  readonly #records = new Map<Thing['kind'], Map<RecordKeyName, Map<string, number>>>();
  readonly #manners: Manner[] = [];
  readonly #bodies: string[] = [];
  readonly #bodyNumbers = new Map<string, number>();
  readonly #persons: string[] = [];
  /** Where each sheet ends, partition by partition. */
  readonly #heads = new Map<number, SegmentHead[]>();
  readonly #checkpoints = new Map<number, number>();
  /** Where sheets ended at the position that was asked about last. */
  #past: { readonly upTo: number; readonly heads: Map<number, readonly Segment[]> } = {
    upTo: -1,
    heads: new Map(),
  };
  readonly #changes = new Changes();
  #keys = 0;
  /** Everything up to here has been read. */
  #readTo = -1;
  #refreshing: Promise<void> | undefined;

  constructor(readonly store: Pick<ReadStore, 'dictionary' | 'checkpoints' | 'headsAfter' | 'segmentsAt'>) {}

  /** Reads what is new up to a position that is applied. Calls that overlap share one reading. */
  async refresh(upTo: number): Promise<void> {
    while (this.#readTo < upTo) {
      // What is being read may have begun before the position was applied: then it is read again.
      this.#refreshing ??= this.#refresh().finally(() => {
        this.#refreshing = undefined;
      });
      await this.#refreshing;
    }
  }

  /** Reads what is new, whatever has been read: for the writer, which may be ahead of other partitions. */
  async refreshAnyway(): Promise<void> {
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    const { store } = this;
    const checkpoints = await store.checkpoints();
    const readTo = checkpoints.size === 0 ? 0 : Math.min(...checkpoints.values());
    for (const [partition, checkpoint] of checkpoints) {
      for (const head of await store.headsAfter(partition, this.#checkpoints.get(partition) ?? 0)) {
        this.#addHead(head);
        this.#changes.changed(head.sheet);
      }
      this.#checkpoints.set(partition, checkpoint);
    }
    await this.#readDictionaries();
    this.#readTo = Math.max(this.#readTo, readTo);
    this.#changes.endReading();
  }

  /** What has been read, to say later what has changed since. */
  get reading(): Reading {
    return { number: this.#changes.readings, upTo: this.#readTo };
  }

  /** Whether any of some sheets, roll-ups and sets of them has changed since a reading. */
  anyChanged(numbers: Iterable<number>, since: Reading): boolean {
    return this.#changes.anySince(numbers, since);
  }

  /** The number of the set of all sheets of a kind, or of those of one year: it changes when there is one more. */
  setOfSheets(kind: LineKind, year?: number | null): number {
    return this.#changes.set(sheetsName(kind, year));
  }

  /** The number of the set of years that a kind has sheets of. */
  setOfYears(kind: LineKind): number {
    return this.#changes.set(yearsName(kind));
  }

  /** The number of the set of roll-ups of a family, a kind and a year. */
  setOfRollUps(family: RollUpFamily, kind: LineKind, year: number): number {
    return this.#changes.set(rollUpsName(family, kind, year));
  }

  /** The last position at which a sheet or roll-up changed, as far as has been read. */
  lastChange(number: number): number {
    let last = 0;
    for (const head of this.#heads.get(number) ?? noHeads) if (head.last > last) last = head.last;
    return last;
  }

  /** Whether all that was posted in a sheet or roll-up comes from one partition, as far as has been read. */
  ofOnePartition(number: number): boolean {
    return this.#heads.get(number)?.length === 1;
  }

  #addHead(head: SegmentHead): void {
    const heads = this.#heads.get(head.sheet);
    const at = heads?.findIndex(({ partition }) => partition === head.partition) ?? -1;
    if (heads === undefined) this.#heads.set(head.sheet, [head]);
    else if (at === -1) heads.push(head);
    else heads[at] = head;
  }

  /**
   * Of each partition, where the sheet ends as recorded by a position: with bytes only where the position lies before
   * the end of the sheet.
   */
  async headsAt(sheet: number, upTo: number): Promise<readonly (SegmentHead & Partial<Segment>)[]> {
    const heads = this.#heads.get(sheet) ?? noHeads;
    if (heads.every(({ last }) => last <= upTo)) return heads;
    // One question looks at a sheet many times, at one position.
    if (this.#past.upTo !== upTo) this.#past = { upTo, heads: new Map() };
    const { heads: past } = this.#past;
    let known = past.get(sheet);
    if (known === undefined) {
      known = await this.store.segmentsAt(sheet, upTo);
      past.set(sheet, known);
    }
    return known;
  }

  /**
   * What is in a sheet at a position, in little: the same state means the same lines. Undefined where the position
   * lies before the end of the sheet.
   */
  stateOf(sheet: number, upTo: number): State | undefined {
    const heads = this.#heads.get(sheet);
    if (heads === undefined) return 0;
    const [only] = heads;
    // One partition is the rule, and thousands of sheets are asked about for one figure: no words are made for it.
    if (heads.length === 1 && only !== undefined) return only.last > upTo ? undefined : only.last;
    let state = '';
    for (const { partition, last } of heads) {
      if (last > upTo) return undefined;
      state += `${partition}:${last} `;
    }
    return state;
  }

  async #readDictionaries(): Promise<void> {
    const { store } = this;
    for (const manner of await store.dictionary('manner', this.#manners.length + 1))
      this.#manners.push(parseManner(manner));
    for (const body of await store.dictionary('body', this.#bodies.length + 1))
      this.#bodyNumbers.set(body, this.#bodies.push(body));
    // One by one: there may be more persons than a call takes arguments.
    for (const person of await store.dictionary('person', this.#persons.length + 1))
      this.#persons.push(person);
    for (const key of await store.dictionary('sheet', this.#keys + 1)) this.#addKey(++this.#keys, key);
  }

  #addKey(number: number, key: string): void {
    const sheet = parseSheet(key);
    if (sheet !== undefined) {
      this.#addSheet(number, sheet);
      return;
    }
    const record = parseRecordKey(key);
    if (record !== undefined) {
      const { kind, name, value } = record;
      of(of(this.#records, kind), name).set(value, number);
      return;
    }
    const rollUp = parseRollUp(key);
    if (rollUp === undefined) throw new RangeError(`The dictionary holds ${key}, which is no key of a sheet`);
    const name = rollUpsName(rollUp.family, rollUp.kind, rollUp.year);
    add(this.#rollUps, name, { number, rollUp });
    this.#changes.added(name);
  }

  #addSheet(number: number, sheet: Sheet): void {
    const { kind, year } = sheet;
    this.#byNumber.set(number, sheet);
    const ofKind = this.#sheets.get(kind) ?? new Map<number | null, NumberedSheet[]>();
    this.#sheets.set(kind, ofKind);
    if (!ofKind.has(year)) this.#changes.added(yearsName(kind));
    add(ofKind, year, { number, sheet });
    this.#changes.added(sheetsName(kind));
    this.#changes.added(sheetsName(kind, year));
  }

  /** The sheets of a kind; only those of some years, null being those of no known year. */
  sheetsOf(kind: LineKind, years?: readonly (number | null)[]): readonly NumberedSheet[] {
    const ofKind = this.#sheets.get(kind);
    if (ofKind === undefined) return [];
    const [year] = years ?? [];
    if (years?.length === 1 && year !== undefined) return ofKind.get(year) ?? [];
    return [...(years ?? ofKind.keys())].flatMap((one) => ofKind.get(one) ?? []);
  }

  /** The financial years that have lines of a kind. */
  yearsOf(kind: LineKind): readonly number[] {
    return [...(this.#sheets.get(kind)?.keys() ?? [])].filter((year) => year !== null);
  }

  kinds(): Iterable<LineKind> {
    return this.#sheets.keys();
  }

  sheet(number: number): Sheet | undefined {
    return this.#byNumber.get(number);
  }

  rollUps(family: RollUpFamily, kind: LineKind, year: number | null): readonly NumberedRollUp[] {
    return this.#rollUps.get(rollUpsName(family, kind, year)) ?? [];
  }

  /** The keys of one sort that records of a kind are found by, with their numbers. */
  recordKeys(kind: Thing['kind'], name: RecordKeyName): ReadonlyMap<string, number> {
    return this.#records.get(kind)?.get(name) ?? new Map<string, number>();
  }

  /** A manner by its number. */
  manner(number: number): Manner {
    const manner = this.#manners[number - 1];
    if (manner === undefined) throw new RangeError(`The manner ${number} is not in the dictionary`);
    return manner;
  }

  get bodies(): readonly string[] {
    return this.#bodies;
  }

  body(number: number): string | null {
    return this.#bodies[number - 1] ?? null;
  }

  /** The ids of bodies by their numbers; 0, for none, has no id. */
  bodyIds(numbers: Iterable<number>): ReadonlySet<string> {
    const ids = new Set<string>();
    for (const number of numbers) {
      const id = this.body(number);
      if (id !== null) ids.add(id);
    }
    return ids;
  }

  bodyNumber(body: string): number | undefined {
    return this.#bodyNumbers.get(body);
  }

  person(number: number): string | null {
    return this.#persons[number - 1] ?? null;
  }

  /** The line of a sheet and what was posted with it; body and person by their numbers, 0 for none. */
  line(
    sheet: Sheet,
    {
      manner,
      body,
      person,
      ...posted
    }: { readonly manner: number; readonly body: number; readonly person: number } & Pick<
      Line,
      'from' | 'to' | 'quantity' | 'basis'
    >,
  ): Line {
    const { kind, event, offer, amountFrom, amountTo, illustrative } = sheet;
    return {
      kind,
      event,
      offer,
      amountFrom,
      amountTo,
      illustrative,
      ...this.manner(manner),
      body: this.body(body),
      person: this.person(person),
      ...posted,
    };
  }
}
