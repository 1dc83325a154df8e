import type { Control } from '@ledger/events';
import { controlOn, existsOn, factsBy, type Body, type BodyFact, type Lineage } from './body';
import { councilAt, type CouncilAt } from './council-at';
import { RecordedBodies } from './recorded-bodies';

/** One step of descent between two bodies. */
export interface Descent {
  readonly body: string;
  readonly lineage: Lineage;
  /** The first day of the successor's responsibility. */
  readonly on: string;
}

/** How many earlier states are kept, since several questions are mostly asked about one. */
const keptStates = 20;
/** Of how many dates the councils are kept, and how many councils in all: of an earlier state it is one date mostly. */
const keptDates = { now: 60, earlier: 1 } as const;
const keptCouncils = 200_000;

/**
 * The register of bodies on both axes: every question names the date things are true of, and `asRecordedBy`
 * gives the register as it was known at an earlier position. Immutable.
 */
export class Register {
  readonly #recorded: RecordedBodies;
  /** What was recorded later is not known yet. */
  readonly #by: bigint;
  readonly #isNow: boolean;
  #predecessors: ReadonlyMap<string, readonly Descent[]> | undefined;
  readonly #councils = new Map<string, readonly CouncilAt[]>();
  readonly #earlier = new Map<bigint, Register>();

  private constructor(recorded: RecordedBodies, by = recorded.last) {
    this.#recorded = recorded;
    this.#by = by;
    this.#isNow = by >= recorded.last;
  }

  /** The register that facts make; they come in position order. */
  static fromFacts(facts: Iterable<BodyFact>): Register {
    return new Register(RecordedBodies.of(facts));
  }

  /** The register as it would be with further facts after these. */
  withFacts(facts: readonly BodyFact[]): Register {
    const now = this.#isNow ? this.#recorded : RecordedBodies.of(this.#facts());
    return new Register(now.with(facts));
  }

  *#facts(): Generator<BodyFact> {
    for (const id of this.#recorded.ids()) yield* this.factsOf(id);
  }

  /** The facts recorded about one body, in position order. */
  factsOf(id: string): readonly BodyFact[] {
    return factsBy(this.#recorded.factsOf(id), this.#by);
  }

  /** The register as it was recorded by a position. */
  asRecordedBy(position: bigint): Register {
    if (this.#by <= position) return this;
    const kept = this.#earlier.get(position);
    if (kept !== undefined) return kept;
    const earlier = new Register(this.#recorded, position);
    if (this.#earlier.size >= keptStates) this.#earlier.clear();
    this.#earlier.set(position, earlier);
    return earlier;
  }

  *bodies(): IterableIterator<Body> {
    for (const id of this.#recorded.ids()) {
      const body = this.body(id);
      if (body !== undefined) yield body;
    }
  }

  body(id: string): Body | undefined {
    return this.#isNow ? this.#recorded.body(id) : this.#recorded.bodyBy(id, this.#by);
  }

  /** Whether a body is a council, at whatever time it exists. */
  isCouncil(id: string): boolean {
    const body = this.#recorded.body(id);
    if (this.#isNow || body === undefined || !this.#recorded.onlyAdded(id))
      return this.body(id)?.kind === 'council';
    return body.kind === 'council' && body.registered.position <= this.#by;
  }

  /** Whether the body is registered and exists on a date. */
  exists(id: string, date: string): boolean {
    const body = this.body(id);
    return body !== undefined && existsOn(body, date);
  }

  /** The principal councils of England on a date, by name. Other bodies never count as councils. */
  councilsOn(date: string): readonly CouncilAt[] {
    const kept = this.#councils.get(date);
    if (kept !== undefined) return kept;
    const councils: CouncilAt[] = [];
    for (const id of this.#recorded.idsNearlyByName()) {
      const council = this.#councilOn(id, date);
      if (council !== undefined) councils.push(council);
    }
    councils.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    const mostDates = this.#isNow ? keptDates.now : keptDates.earlier;
    if (this.#councils.size >= Math.min(mostDates, Math.ceil(keptCouncils / (councils.length + 1))))
      this.#councils.clear();
    this.#councils.set(date, councils);
    return councils;
  }

  #councilOn(id: string, date: string): CouncilAt | undefined {
    // Of the past all bodies are asked about at once, and nearly none of them needs to be made again for it.
    const asItIs = this.#isNow || this.#recorded.onlyAdded(id);
    const body = asItIs ? this.#recorded.body(id) : this.body(id);
    return body && councilAt(body, date, asItIs && !this.#isNow ? this.#by : undefined);
  }

  /** Unknown where nothing is recorded, never "no overall control". */
  controlOn(id: string, date: string): Control | 'unknown' {
    const body = this.body(id);
    return body === undefined ? 'unknown' : controlOn(body, date).control;
  }

  /** The bodies this one took over from. */
  predecessors(id: string): readonly Descent[] {
    this.#predecessors ??= predecessorsOf(this.bodies());
    return this.#predecessors.get(id) ?? [];
  }

  /** The bodies that took over from this one. */
  successors(id: string): readonly Descent[] {
    const dissolved = this.body(id)?.dissolved?.value;
    return (dissolved?.successors ?? []).map(({ body, lineage }) => ({
      body,
      lineage,
      on: dissolved?.on ?? '',
    }));
  }
}

/** The bodies that each body took over from. */
function predecessorsOf(bodies: Iterable<Body>): ReadonlyMap<string, readonly Descent[]> {
  const found = new Map<string, Descent[]>();
  for (const { id, dissolved } of bodies)
    for (const { body, lineage } of dissolved?.value.successors ?? []) {
      const known = found.get(body) ?? [];
      found.set(body, known);
      known.push({ body: id, lineage, on: dissolved?.value.on ?? '' });
    }
  return found;
}
