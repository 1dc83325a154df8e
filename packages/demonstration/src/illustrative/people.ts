import type { Party } from '@ledger/events';
import type { Council } from './choose-councils';
import type { SeededRandom } from './random';

const everyone: readonly Party[] = [
  ...Array.from({ length: 40 }, () => 'Conservative' as const),
  ...Array.from({ length: 30 }, () => 'Labour' as const),
  ...Array.from({ length: 14 }, () => 'Liberal Democrat' as const),
  ...Array.from({ length: 7 }, () => 'Independent' as const),
  ...Array.from({ length: 4 }, () => 'Green' as const),
  ...Array.from({ length: 4 }, () => 'UKIP' as const),
];

function rulingParty(control: Council['control']): Party | undefined {
  return everyone.find((party) => party === control);
}

/** The party of an invented councillor: often the one in control, sometimes not stated. */
export function partyOf(random: SeededRandom, { control }: Council): Party {
  if (random.chance(4)) return 'not stated';
  const ruling = rulingParty(control);
  return ruling !== undefined && random.chance(50) ? ruling : random.pick(everyone);
}
