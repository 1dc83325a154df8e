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

/**
 * The register of bodies on both axes: every question names the date things are true of, and `asRecordedBy`
 * gives the register as it was known at an earlier position. Immutable.
 */
export class Register {
  readonly #facts: readonly BodyFact[];
  readonly #bodies: ReadonlyMap<string, Body>;
  readonly #byBody: ReadonlyMap<string, readonly BodyFact[]>;
  readonly #predecessors = new Map<string, Descent[]>();
  readonly #councils = new Map<string, readonly CouncilAt[]>();
  readonly #earlier = new Map<bigint, Register>();

  private constructor(facts: readonly BodyFact[]) {
    this.#facts = facts;
    const byBody = new Map<string, BodyFact[]>();
    for (const fact of facts) {
      const known = byBody.get(fact.bodyId);
      if (known === undefined) byBody.set(fact.bodyId, [fact]);
      else known.push(fact);
    }
    this.#byBody = byBody;
    const bodies = new Map<string, Body>();
    for (const [id, ofBody] of byBody) {
      const body = bodyOf(id, ofBody);
      if (body !== undefined) bodies.set(id, body);
    }
    this.#bodies = bodies;
    for (const { id, dissolved } of bodies.values())
      for (const { body, lineage } of dissolved?.value.successors ?? []) {
        const known = this.#predecessors.get(body) ?? [];
        this.#predecessors.set(body, known);
        known.push({ body: id, lineage, on: dissolved?.value.on ?? '' });
      }
  }

  /** The register that facts make; they come in position order. */
  static fromFacts(facts: Iterable<BodyFact>): Register {
    return new Register([...facts]);
  }

  /** The register as it would be with further facts after these. */
  withFacts(facts: readonly BodyFact[]): Register {
    return new Register([...this.#facts, ...facts]);
  }

  /** The facts recorded about one body, in position order. */
  factsOf(id: string): readonly BodyFact[] {
    return this.#byBody.get(id) ?? [];
  }

  /** The register as it was recorded by a position. */
  asRecordedBy(position: bigint): Register {
    const last = this.#facts.at(-1);
    if (last === undefined || last.position <= position) return this;
    const kept = this.#earlier.get(position);
    if (kept !== undefined) return kept;
    const earlier = new Register(this.#facts.filter((fact) => fact.position <= position));
    if (this.#earlier.size >= keptStates) this.#earlier.clear();
    this.#earlier.set(position, earlier);
    return earlier;
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
