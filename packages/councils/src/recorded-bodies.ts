import { bodyOf, factsBy, onlyAdd, type Body, type BodyFact } from './body';

type FactsByBody = ReadonlyMap<string, readonly BodyFact[]>;

function byBody(facts: Iterable<BodyFact>): FactsByBody {
  const found = new Map<string, BodyFact[]>();
  for (const fact of facts) {
    const known = found.get(fact.bodyId);
    if (known === undefined) found.set(fact.bodyId, [fact]);
    else known.push(fact);
  }
  return found;
}

/** Everything that was ever recorded about bodies, and what all of it makes of each. Further facts make another. */
export class RecordedBodies {
  /** In the order in which bodies were first spoken of. */
  readonly #facts: Map<string, readonly BodyFact[]>;
  readonly #bodies: Map<string, Body>;
  /** Bodies of which something was corrected or taken back. */
  readonly #changed: Set<string>;
  #last: bigint;
  #nearlyByName: readonly string[] | undefined;

  private constructor(before?: RecordedBodies) {
    this.#facts = new Map(before === undefined ? [] : before.#facts);
    this.#bodies = new Map(before === undefined ? [] : before.#bodies);
    this.#changed = new Set(before === undefined ? [] : before.#changed);
    this.#last = before === undefined ? 0n : before.#last;
  }

  /** What facts make; they come in position order. */
  static of(facts: Iterable<BodyFact>): RecordedBodies {
    const made = new RecordedBodies();
    made.#add(byBody(facts));
    return made;
  }

  /** What these and further facts make, which come after them. Only bodies that those are about are made again. */
  with(facts: readonly BodyFact[]): RecordedBodies {
    const made = new RecordedBodies(this);
    made.#add(byBody(facts));
    // As long as the bodies are the same, a name that has changed leaves the order nearly right.
    if (made.#facts.size === this.#facts.size) made.#nearlyByName = this.#nearlyByName;
    return made;
  }

  #add(further: FactsByBody): void {
    for (const [id, fresh] of further) {
      const facts = [...this.factsOf(id), ...fresh];
      this.#facts.set(id, facts);
      const body = bodyOf(id, facts);
      if (body === undefined) this.#bodies.delete(id);
      else this.#bodies.set(id, body);
      if (!onlyAdd(facts)) this.#changed.add(id);
      const { position } = facts.at(-1) ?? { position: 0n };
      if (position > this.#last) this.#last = position;
    }
  }

  /** The position of the last fact. */
  get last(): bigint {
    return this.#last;
  }

  /** The ids of all bodies that facts were recorded about. */
  ids(): Iterable<string> {
    return this.#facts.keys();
  }

  /** The same ids, nearly in the order of names: what is put in order by names is then put in order quickly. */
  idsNearlyByName(): readonly string[] {
    this.#nearlyByName ??= [...this.#facts.keys()]
      .map((id) => ({ id, name: this.#bodies.get(id)?.name ?? '' }))
      .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
      .map(({ id }) => id);
    return this.#nearlyByName;
  }

  factsOf(id: string): readonly BodyFact[] {
    return this.#facts.get(id) ?? [];
  }

  /** What all facts make of a body. */
  body(id: string): Body | undefined {
    return this.#bodies.get(id);
  }

  /** What the facts that were recorded by a position make of a body. */
  bodyBy(id: string, position: bigint): Body | undefined {
    const facts = this.factsOf(id);
    const recorded = factsBy(facts, position);
    return recorded === facts ? this.body(id) : bodyOf(id, recorded);
  }

  /** Whether facts only ever added to a body: then as recorded by a position it is what it is, without what came later. */
  onlyAdded(id: string): boolean {
    return !this.#changed.has(id);
  }
}
