import { content, type Content } from './history-writer';
import type { Random } from './random';
import { someDay, someSpan, someYear } from './spans';
import { historyOffers, someBody, type World } from './world';

const makers = {
  MetricObserved: (random, world) =>
    content('MetricObserved', {
      metric: random.pick(['visits', 'downloads']),
      ...(random.percent(50) && { offer: random.pick(historyOffers) }),
      ...(random.percent(50) && { body: someBody(random, world) }),
      occurred: someSpan(random),
      kind: random.pick(['flow', 'stock'] as const),
      value: random.between(-50, 100_000),
      unit: 'count',
      qualifier: 'exact',
    }),
  SurveyResultRecorded: (random) => {
    const base = random.between(1, 400);
    return content('SurveyResultRecorded', {
      ...(random.percent(70) && { offer: random.pick(historyOffers) }),
      question: 'Was it of use?',
      scale: '1 not at all to 5 very much',
      occurred: someSpan(random),
      resultIn: 'score',
      result: '4.2',
      base,
      responses: base + random.between(0, 20),
    });
  },
  EarlierSupportDeclared: (random, world) =>
    content('EarlierSupportDeclared', {
      offer: random.percent(75) ? 'corporate-peer-challenge' : random.pick(historyOffers),
      ...(random.percent(85) ? { body: someBody(random, world) } : { person: random.pick(world.persons) }),
      had: random.percent(30),
      upTo: random.percent(80) ? '2015-03-31' : someDay(random),
      source: 'Invented',
    }),
  FigureBroughtForward: (random) =>
    content('FigureBroughtForward', {
      figure: `figure-${random.between(1, 20)}`,
      value: String(random.between(1, 500)),
      unit: 'count',
      qualifier: 'about',
      kind: 'flow',
      theme: 'Improvement',
      programme: 'Leadership',
      measure: 'Councillors trained',
      financialYear: someYear(random),
      document: 'An invented report',
    }),
} as const satisfies Record<string, (random: Random, world: World) => Content>;

/** Whether a type is of an observation, so that content can be made for it. */
export function isObservationType(type: string): type is keyof typeof makers {
  return Object.hasOwn(makers, type);
}

export function observationContent(type: keyof typeof makers, random: Random, world: World): Content {
  return makers[type](random, world);
}

/** What a new observation says. */
export function someObservation(random: Random): keyof typeof makers {
  return random.weighted([
    [2, 'MetricObserved'],
    [5, 'EarlierSupportDeclared'],
    [2, 'SurveyResultRecorded'],
    [1, 'FigureBroughtForward'],
  ]);
}
