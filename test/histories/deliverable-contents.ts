import { content, type Content } from './history-writer';
import type { Random } from './random';
import { someDay, someYear } from './spans';
import { historyOffers } from './world';

const makers = {
  DeliverableAgreed: (random) => {
    const year = someYear(random);
    return content('DeliverableAgreed', {
      title: `Deliverable ${random.between(1, 60)}`,
      ...(random.percent(60) && { offer: random.pick(historyOffers) }),
      year,
      agreedOn: `${Math.floor(year / 100)}-04-01`,
      target: 'Done',
      ...(random.percent(60) && { targetCount: random.between(1, 100) }),
      greenMeans: 'Done',
      amberMeans: 'Will be done',
      redMeans: 'Will not be done',
    });
  },
  // Any day: one outside the year says nothing, and two of one day happen when one of them is corrected.
  DeliverableRated: (random) =>
    content('DeliverableRated', {
      asAt: random.percent(60) ? `${random.between(2015, 2020)}-09-30` : someDay(random),
      rag: random.pick(['green', 'amber', 'red'] as const),
      ...(random.percent(40) && { achieved: random.between(0, 100) }),
    }),
} as const satisfies Record<string, (random: Random) => Content>;

/** Whether a type is of a deliverable, so that content can be made for it. */
export function isDeliverableType(type: string): type is keyof typeof makers {
  return Object.hasOwn(makers, type);
}

export function deliverableContent(type: keyof typeof makers, random: Random): Content {
  return makers[type](random);
}
