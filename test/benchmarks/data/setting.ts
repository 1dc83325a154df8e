import type { Party } from '@ledger/events';
import { BenchBodies, type BenchBody } from './bodies';
import type { DataSet } from './data-set';
import { benchOffers, type BenchOffers } from './offers';
import { proportionsOf, type Proportions } from './proportions';
import { Seeded } from './seeded';

const parties: readonly (readonly [number, Party])[] = [
  [38, 'Conservative'],
  [30, 'Labour'],
  [14, 'Liberal Democrat'],
  [8, 'Independent'],
  [5, 'Green'],
  [2, 'Reform UK'],
  [1, 'UKIP'],
  [2, 'not stated'],
];

/** Of a data set that does not say how many bodies it has. */
const mostBodies = 400;

/** A person of the data set: a councillor, of one council or of two. */
export interface BenchPerson {
  readonly id: string;
  readonly party: Party;
  /** The numbers of his or her councils. */
  readonly councils: readonly number[];
}

/** Everything that the lives of a data set draw on. */
export class Setting {
  readonly proportions: Proportions;
  readonly seeded: Seeded;
  readonly offers: BenchOffers;
  readonly bodies: BenchBodies;
  /** Courses that begin in one week: about twenty people are on each. */
  readonly coursesOfAWeek: number;

  /** @param ofLedger events of the ledger whose bodies are drawn on, where it is another data set */
  constructor(
    readonly dataSet: DataSet,
    ofLedger = dataSet.events,
  ) {
    const { events, seed, bodies } = dataSet;
    this.proportions = proportionsOf(events);
    this.seeded = new Seeded(seed);
    this.offers = benchOffers();
    // The ledger's own first event and the catalogue are reference data, too.
    const { reference } = proportionsOf(ofLedger);
    this.bodies = new BenchBodies(
      bodies === undefined
        ? { bodies: mostBodies, facts: reference - 1 - this.offers.entries.length, seed }
        : { bodies, facts: Infinity, seed },
    );
    this.coursesOfAWeek = Math.max(1, Math.round((18 * events) / 1_000_000));
  }

  person(number: number): BenchPerson {
    const random = this.seeded.random('home', number);
    const home = random.below(this.bodies.councils.length);
    // Every twentieth sits on a county and on a district council, say.
    const councils = number % 20 === 0 ? [home, random.below(this.bodies.councils.length)] : [home];
    return { id: this.seeded.id('person', number), party: random.weighted(parties), councils };
  }

  council(number: number, day: number): BenchBody {
    return this.bodies.council(number, day);
  }

  offerLabel(slug: string): string {
    return this.offers.labels.get(slug) ?? slug;
  }
}
