import type { Control, CouncilType, Region } from '@ledger/events';
import { bodyOf, controlOn, existsOn, nameOn, type Body, type BodyFact, type Lineage } from './body';

/** A council as it is on one date. */
export interface CouncilAt {
  readonly bodyId: string;
  readonly name: string;
  readonly type: CouncilType | null;
  readonly region: Region | null;
  readonly control: Control | 'unknown';
  /** The register events that put it there: registration, dissolution, control. */
  readonly eventIds: readonly string[];
}

/** One step of descent between two bodies. */
export interface Descent {
  readonly body: string;
  readonly lineage: Lineage;
  /** The first day of the successor's responsibility. */
  readonly on: string;
}

const keptStates = 20;
const keptDates = 60;
const keptBodies = 20_000;

/**
 * The register of bodies on both axes: every question names the date things are true of, and `asRecordedBy`
 * gives the register as it was known at an earlier position. Immutable.
 */
export class Register {
  readonly #bodies: ReadonlyMap<string, Body>;
  readonly #byBody: ReadonlyMap<string, readonly BodyFact[]>;
  readonly #last: bigint;
  #predecessors: ReadonlyMap<string, readonly Descent[]> | undefined;
  readonly #councils = new Map<string, readonly CouncilAt[]>();
  readonly #earlier = new Map<bigint, Register>();
  readonly #earlierBodies = new Map<string, Body | undefined>();

  /** `known` may have the body that all its facts make. */
  private constructor(
    byBody: ReadonlyMap<string, readonly BodyFact[]>,
    known: (id: string, facts: readonly BodyFact[]) => Body | undefined = bodyOf,
  ) {
    this.#byBody = byBody;
    const bodies = new Map<string, Body>();
    let last = 0n;
    for (const [id, ofBody] of byBody) {
      const body = known(id, ofBody);
      if (body !== undefined) bodies.set(id, body);
      const { position } = ofBody.at(-1) ?? { position: 0n };
      if (position > last) last = position;
    }
    this.#bodies = bodies;
    this.#last = last;
  }

  /** The register that facts make; they come in position order. */
  static fromFacts(facts: Iterable<BodyFact>): Register {
    const byBody = new Map<string, BodyFact[]>();
    for (const fact of facts) {
      const known = byBody.get(fact.bodyId);
      if (known === undefined) byBody.set(fact.bodyId, [fact]);
      else known.push(fact);
    }
    return new Register(byBody);
  }

  /** The register as it would be with further facts after these. */
  withFacts(facts: readonly BodyFact[]): Register {
    const byBody = new Map(this.#byBody);
    for (const fact of facts) byBody.set(fact.bodyId, [...(byBody.get(fact.bodyId) ?? []), fact]);
    return new Register(byBody, (id, ofBody) =>
      ofBody === this.#byBody.get(id) ? this.#bodies.get(id) : bodyOf(id, ofBody),
    );
  }

  /** The facts recorded about one body, in position order. */
  factsOf(id: string): readonly BodyFact[] {
    return this.#byBody.get(id) ?? [];
  }

  /** The register as it was recorded by a position. */
  asRecordedBy(position: bigint): Register {
    if (this.#last <= position) return this;
    const kept = this.#earlier.get(position);
    if (kept !== undefined) return kept;
    const byBody = new Map<string, readonly BodyFact[]>();
    for (const [id, facts] of this.#byBody) {
      const recorded = countUpTo(facts, position);
      if (recorded > 0) byBody.set(id, recorded === facts.length ? facts : facts.slice(0, recorded));
    }
    const earlier = new Register(byBody, (id, facts) =>
      facts === this.#byBody.get(id) ? this.#bodies.get(id) : this.#earlierBody(id, facts),
    );
    if (this.#earlier.size >= keptStates) this.#earlier.clear();
    this.#earlier.set(position, earlier);
    return earlier;
  }

  /** A body as its first facts made it: between two facts it was the same at every position. */
  #earlierBody(id: string, facts: readonly BodyFact[]): Body | undefined {
    const key = `${facts.length} ${id}`;
    if (this.#earlierBodies.has(key)) return this.#earlierBodies.get(key);
    if (this.#earlierBodies.size >= keptBodies) this.#earlierBodies.clear();
    const body = bodyOf(id, facts);
    this.#earlierBodies.set(key, body);
    return body;
  }

  bodies(): IterableIterator<Body> {
    return this.#bodies.values();
  }

  body(id: string): Body | undefined {
    return this.#bodies.get(id);
  }

  /** Whether the body is registered and exists on a date. */
  exists(id: string, date: string): boolean {
    const body = this.#bodies.get(id);
    return body !== undefined && existsOn(body, date);
  }

  /** The principal councils of England on a date, by name. Other bodies never count as councils. */
  councilsOn(date: string): readonly CouncilAt[] {
    const kept = this.#councils.get(date);
    if (kept !== undefined) return kept;
    const councils: CouncilAt[] = [];
    for (const body of this.#bodies.values()) {
      if (body.kind !== 'council' || !existsOn(body, date)) continue;
      const { control, eventId } = controlOn(body, date);
      const eventIds = [body.registered.eventId, body.dissolved?.eventId, eventId].filter(
        (id) => id !== undefined,
      );
      councils.push({
        bodyId: body.id,
        name: nameOn(body, date),
        type: body.type,
        region: body.region,
        control,
        eventIds,
      });
    }
    councils.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
    if (this.#councils.size >= keptDates) this.#councils.clear();
    this.#councils.set(date, councils);
    return councils;
  }

  /** Unknown where nothing is recorded, never "no overall control". */
  controlOn(id: string, date: string): Control | 'unknown' {
    const body = this.#bodies.get(id);
    return body === undefined ? 'unknown' : controlOn(body, date).control;
  }

  /** The bodies this one took over from. */
  predecessors(id: string): readonly Descent[] {
    this.#predecessors ??= predecessorsOf(this.#bodies.values());
    return this.#predecessors.get(id) ?? [];
  }

  /** The bodies that took over from this one. */
  successors(id: string): readonly Descent[] {
    const dissolved = this.#bodies.get(id)?.dissolved?.value;
    return (dissolved?.successors ?? []).map(({ body, lineage }) => ({
      body,
      lineage,
      on: dissolved?.on ?? '',
    }));
  }
}

/** How many of a body's facts were recorded by a position; they come in position order. */
function countUpTo(facts: readonly BodyFact[], position: bigint): number {
  let [low, high] = [0, facts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const fact = facts[middle];
    if (fact !== undefined && fact.position <= position) low = middle + 1;
    else high = middle;
  }
  return low;
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
