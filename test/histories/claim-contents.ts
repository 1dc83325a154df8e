import { AmountBasis, GainType, Qualifier, Realisation, type EventData } from '@ledger/events';
import type { Random } from './random';
import { historyYears, someSpan } from './spans';
import { historyOffers, historySavingsAreas, someBody, type World } from './world';

type Claim = EventData<'SavingsRecorded'>;

function someAmount(random: Random): Claim['amounts'][number] {
  const first = random.below(historyYears.length);
  const last = random.percent(70) ? first : random.between(first, historyYears.length - 1);
  return {
    fromYear: historyYears[first] ?? 201617,
    toYear: historyYears[last] ?? 201617,
    basis: random.pick(AmountBasis.options),
    grossPence: random.between(0, 1_000_000_000),
    ...(random.percent(30) && { costPence: random.between(0, 1_000_000) }),
    qualifier: random.pick(Qualifier.options),
  };
}

/** Shares for every body, adding up to the pound of the gross total, or for none. */
function someShares(random: Random, world: World, gross: number): Claim['bodies'] {
  const bodies = new Set(Array.from({ length: random.below(4) }, () => someBody(random, world)));
  if (bodies.size === 0 || random.percent(50))
    return [...bodies].map((body) => ({ body, role: 'recipient' }));
  const each = Math.floor(gross / bodies.size);
  let left = gross - each * bodies.size;
  return [...bodies].map((body) => {
    const penny = left > 0 ? 1 : 0;
    left -= penny;
    return { body, role: 'recipient', sharePence: each + penny };
  });
}

/** What a claim says, at random. */
export function claimContent(random: Random, world: World): Claim {
  const amounts = Array.from({ length: random.between(1, 3) }, () => someAmount(random));
  const gross = amounts.reduce((sum, { grossPence }) => sum + grossPence, 0);
  const realisations = Realisation.extract(['not stated', 'identified', 'agreed', 'delivered']).options;
  return {
    ...(random.percent(75) && { offer: random.pick(historyOffers) }),
    ...(random.percent(40) && { savingsArea: random.pick(historySavingsAreas) }),
    title: 'An invented claim',
    bodies: someShares(random, world, gross),
    occurred: someSpan(random),
    // A few of each, so that sums have several claims.
    gainType: random.pick(GainType.options.slice(0, 3)),
    realisation: random.pick(realisations),
    amounts,
    recurrence: 'not stated',
    source: 'Invented',
    method: 'not stated',
  };
}
