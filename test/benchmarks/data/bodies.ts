import { shippedRegister, type RegisterFileEvent } from '@ledger/councils';
import { otherBodyRegistrations } from '@ledger/demonstration';
import { derivedId, type EventData } from '@ledger/events';
import { dateOf } from './days';
import { inventedFacts } from './invented-councils';

/** A body of the data set, with when it exists: `until` is the first day without it. */
export interface BenchBody {
  readonly id: string;
  readonly name: string;
  readonly council: boolean;
  readonly from: string | null;
  readonly until: string | null;
  readonly successor: string | null;
}

/** A fact about a body, in the order in which facts become true. */
export interface BodyFactOf {
  readonly body: string;
  readonly eventId: string;
  readonly type: 'BodyRegistered' | 'BodyDissolved' | 'BodyRenamed' | 'CodeAssigned' | 'ControlRecorded';
  readonly data: Readonly<Record<string, unknown>>;
  /** The day from which it is true, null for always. */
  readonly from: string | null;
}

/** The register as shipped. Reading its files takes half a second, so it is done once. */
let shipped: readonly RegisterFileEvent[] | undefined;
export function realRegister(): readonly RegisterFileEvent[] {
  return (shipped ??= shippedRegister());
}

/** Bodies that are neither councils nor named in a report, so that the data set has 400. */
const moreBodies = [
  ['combined authority', 'Greater Manchester Combined Authority'],
  ['combined authority', 'West Midlands Combined Authority'],
  ['combined authority', 'Liverpool City Region Combined Authority'],
  ['combined authority', 'Tees Valley Combined Authority'],
  ['combined authority', 'West of England Combined Authority'],
  ['fire authority', 'Avon Fire Authority'],
  ['fire authority', 'Cheshire Fire Authority'],
  ['fire authority', 'Humberside Fire Authority'],
  ['national park authority', 'Dartmoor National Park Authority'],
  ['national park authority', 'Peak District National Park Authority'],
  ['national park authority', 'South Downs National Park Authority'],
  ['partnership', 'Local partnership for procurement'],
] as const;

interface OtherBody {
  readonly id: string;
  readonly data: EventData<'BodyRegistered'>;
}

function otherBodies(): OtherBody[] {
  const more = moreBodies.map(([kind, name]) => ({
    id: derivedId('body', `bench/${name}`),
    data: { kind, name, codes: [], from: null, source: 'benchmark data set' },
  }));
  return [...otherBodyRegistrations(), ...more];
}

function fact({ bodyId, eventId, type, data }: RegisterFileEvent): BodyFactOf {
  const { from, on } = data as { readonly from?: string | null; readonly on?: string };
  return { body: bodyId, eventId, type: type as BodyFactOf['type'], data, from: on ?? from ?? null };
}

/** Registrations of councils and of others, 400 in all. */
function realRegistrations(): BodyFactOf[] {
  const councils = realRegister()
    .filter(({ type }) => type === 'BodyRegistered')
    .map(fact);
  const others = otherBodies().map(
    ({ id, data }): BodyFactOf => ({
      body: id,
      eventId: derivedId('bench-event', 'body', id),
      type: 'BodyRegistered',
      data,
      from: null,
    }),
  );
  // A small set has fewer bodies: councils first, since the questions are about them.
  return [...councils, ...others];
}

/** Of the records of control before a date only those then in force; all of the other facts. */
function inForce(facts: readonly BodyFactOf[], date: string): BodyFactOf[] {
  const last = new Map<string, BodyFactOf>();
  for (const one of facts)
    if (one.type === 'ControlRecorded' && (one.from ?? '') <= date) last.set(one.body, one);
  return facts.filter(
    (one) => one.type !== 'ControlRecorded' || (one.from ?? '') > date || last.get(one.body) === one,
  );
}

/** How many bodies there are, and how many facts about them at most. */
export interface RegisterSize {
  readonly bodies: number;
  readonly facts: number;
  /** Of chance, where there are more bodies than the 400 real ones. */
  readonly seed: number;
}

/** The bodies of a data set and the facts about them: real ones, and invented councils where those are too few. */
export class BenchBodies {
  readonly bodies: readonly BenchBody[];
  readonly councils: readonly BenchBody[];
  readonly registrations: readonly BodyFactOf[];
  /** Dissolutions, codes and control, by the day from which they are true. */
  readonly laterFacts: readonly BodyFactOf[];
  readonly #byId: ReadonlyMap<string, BenchBody>;

  constructor({ bodies, facts, seed }: RegisterSize) {
    const real = realRegistrations();
    const invented = inventedFacts(Math.max(0, bodies - real.length), seed).map(fact);
    this.registrations = [...real, ...invented.filter(({ type }) => type === 'BodyRegistered')].slice(
      0,
      Math.min(bodies, facts),
    );
    const known = new Set(this.registrations.map(({ body }) => body));
    const others = [...realRegister().map(fact), ...invented]
      .filter(({ body, type }) => type !== 'BodyRegistered' && known.has(body));
    const dissolved = new Map(
      others.flatMap((one) => (one.type === 'BodyDissolved' ? [[one.body, one]] : [])),
    );
    this.bodies = this.registrations.map(({ body, data, from }) => {
      const end = dissolved.get(body);
      const { successors = [] } = (end?.data ?? {}) as { successors?: readonly { body: string }[] };
      const { name, kind } = data as EventData<'BodyRegistered'>;
      return {
        id: body,
        name,
        council: kind === 'council',
        from,
        until: end?.from ?? null,
        successor: successors[0]?.body ?? null,
      };
    });
    this.councils = this.bodies.filter(({ council }) => council);
    this.#byId = new Map(this.bodies.map((body) => [body.id, body]));
    this.laterFacts = inForce(others, dateOf(0))
      .sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : (a.from ?? '') > (b.from ?? '') ? 1 : 0))
      .slice(0, facts - this.registrations.length);
  }

  /** The council of a number as it is on a day: its successor where it has ended, the next one where there is none. */
  council(number: number, day: number): BenchBody {
    const date = dateOf(day);
    for (let step = 0; step < this.councils.length; step++) {
      const first = this.councils[(number + step) % this.councils.length];
      const ended = first !== undefined && first.until !== null && first.until <= date;
      const body = ended ? this.#byId.get(first.successor ?? '') : first;
      if (body !== undefined && existsThrough(body, date)) return body;
    }
    throw new RangeError(`No council of the data set exists on ${date}`);
  }

  /** Any body that exists all the time from one day to another, councils mostly. */
  anyBody(number: number, from: number, to: number): BenchBody {
    const [first, last] = [dateOf(from), dateOf(to)];
    for (let step = 0; step < this.bodies.length; step++) {
      const body = this.bodies[(number + step) % this.bodies.length];
      if (body !== undefined && existsThrough(body, first) && existsThrough(body, last)) return body;
    }
    throw new RangeError(`No body of the data set exists from ${first} to ${last}`);
  }
}

function existsThrough({ from, until }: BenchBody, date: string): boolean {
  return (from === null || from <= date) && (until === null || date < until);
}
