import { quarterOf } from '../dates';
import type { Council } from '../choose-councils';
import type { SeededRandom } from '../random';
import { afterElections, firstHalf, secondHalf, workingSpan } from './dates';
import type { Record201920 } from './record';
import type { Setting201920 } from './setting';

/** How many councils each offer reached: by 30 September, and in the year. */
const reached = {
  'change-of-control-support': [64, 68],
  'tailored-peer-support': [104, 134],
} as const;
type Offer = keyof typeof reached;

const titles: Readonly<Record<Offer, readonly string[]>> = {
  'change-of-control-support': ['Support for a new administration', 'Induction of a new cabinet'],
  'tailored-peer-support': [
    'Mentoring for a new leader',
    'Support for portfolio holders',
    'Advice by a peer',
  ],
};

function supportOf(
  offer: Offer,
  councils: readonly Council[],
  random: SeededRandom,
  idOf: Setting201920['idOf'],
): Record201920[] {
  const [byHalf, inYear] = reached[offer];
  // Support after the elections comes after them.
  const half = offer === 'change-of-control-support' ? { ...firstHalf, from: afterElections } : firstHalf;
  return random.sample(councils, inYear).map(({ bodyId }, at): Record201920 => {
    const occurred = workingSpan(random, 3, at < byHalf ? half : secondHalf);
    return {
      quarter: quarterOf(occurred),
      type: 'SupportProvided',
      activity: idOf(offer, at),
      data: {
        offer,
        title: random.pick(titles[offer]),
        occurred,
        bodies: [{ body: bodyId, role: 'recipient' }],
      },
    };
  });
}

/** Support by peers; after a change of control only of councils whose control changed by the register. */
export function support({ councils, changed, randomFor, idOf }: Setting201920): Record201920[] {
  return [
    ...supportOf('change-of-control-support', changed, randomFor('change-of-control'), idOf),
    ...supportOf('tailored-peer-support', councils, randomFor('tailored'), idOf),
  ];
}
