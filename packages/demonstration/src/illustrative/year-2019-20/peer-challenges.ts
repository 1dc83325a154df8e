import type { Occurred } from '@ledger/events';
import { quarterOf } from '../dates';
import type { SeededRandom } from '../random';
import { acrossHalfYear, firstHalf, secondHalf, wholeYear, workingSpan } from './dates';
import type { Record201920 } from './record';
import type { Setting201920 } from './setting';

const corporate = 'corporate-peer-challenge';
const finance = 'finance-peer-challenge';
const others = [
  'childrens-peer-challenge',
  'adults-peer-challenge',
  'planning-peer-challenge',
  'communications-peer-challenge',
] as const;

/** By 30 September 56 were delivered, 22 of them corporate or finance; in the year 129, 60 of them corporate. */
const half = { corporate: 19, finance: 3, others: 34 } as const;
const rest = { corporate: 41, finance: 5, others: 27 } as const;
/** 22 of the corporate ones were a council's first. */
const firstTime = 22;
/** Of those after the half-year: known only to the year, and on both sides of 30 September. */
const datedToYear = 3;
const acrossHalf = 2;

function whenLater(random: SeededRandom, at: number): Occurred {
  if (at < datedToYear) return wholeYear;
  return at < datedToYear + acrossHalf ? acrossHalfYear(random) : workingSpan(random, 4, secondHalf);
}

/**
 * The peer challenges of the year, each council's first corporate ones among them. They have no teams: the report
 * prints more peers deployed than its average size of a team gives for 129 challenges, so no teams come to both.
 */
export function peerChallenges({
  councils,
  challengedBefore,
  randomFor,
  idOf,
}: Setting201920): Record201920[] {
  const random = randomFor('peer-challenges');
  const ids = random.shuffled(councils.map(({ bodyId }) => bodyId));
  const first = ids.filter((id) => !challengedBefore.has(id)).slice(0, firstTime);
  const again = ids.filter((id) => !first.includes(id));
  const corporates = random.shuffled([...first, ...again.slice(0, 60 - firstTime)]);
  const offers = (of: { corporate: number; finance: number; others: number }): string[] =>
    random.shuffled([
      ...Array.from({ length: of.corporate }, () => corporate),
      ...Array.from({ length: of.finance }, () => finance),
      ...Array.from({ length: of.others }, () => random.pick(others)),
    ]);
  const timed = [
    ...offers(half).map((offer) => ({ offer, occurred: workingSpan(random, 4, firstHalf) })),
    ...offers(rest).map((offer, at) => ({ offer, occurred: whenLater(random, at) })),
  ];
  const left = [...corporates];
  const delivered = timed.map(({ offer, occurred }, at): Record201920 => {
    const body = (offer === corporate ? left.pop() : undefined) ?? random.pick(ids);
    return {
      quarter: quarterOf(occurred),
      type: 'PeerChallengeDelivered',
      activity: idOf('peer-challenge', at),
      data: { offer, occurred, bodies: [{ body, role: 'recipient' }] },
    };
  });
  return [...declared(corporates, first, challengedBefore, idOf), ...delivered];
}

/** What is known of the councils before the ledger; of those challenged in it no more need be said. */
function declared(
  corporates: readonly string[],
  first: readonly string[],
  challengedBefore: ReadonlySet<string>,
  idOf: Setting201920['idOf'],
): Record201920[] {
  return corporates
    .filter((body) => !challengedBefore.has(body))
    .map((body) => ({
      quarter: 1,
      type: 'EarlierSupportDeclared',
      activity: idOf('earlier', body),
      data: {
        offer: corporate,
        body,
        had: !first.includes(body),
        upTo: '2016-03-31',
        source: 'Invented for the illustrative year',
      },
    }));
}
