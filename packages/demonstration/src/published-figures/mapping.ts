import type { AnnualTotalQuery, Grouping, MappedFigure, SavingsQuery, TakeUpOf } from '@ledger/domain';

type Narrowed = Omit<AnnualTotalQuery, 'ask' | 'measure' | 'year'>;

const total = (
  year: number,
  measure: string,
  figures: readonly string[],
  narrowed: Narrowed = {},
): readonly MappedFigure[] =>
  figures.map((figure) => ({ figure, query: { ask: 'annual-total', measure, year, ...narrowed } }));

/** The councils that an offer's records reached in roles that count. */
const councils = (
  year: number,
  offer: string,
  figures: readonly string[],
  narrowed: Narrowed = {},
): readonly MappedFigure[] => total(year, 'councils-supported', figures, { offer, ...narrowed });

const share = (
  year: number,
  of: TakeUpOf,
  by: Grouping,
  groups: Readonly<Record<string, string>>,
): readonly MappedFigure[] =>
  Object.entries(groups).map(([figure, group]) => ({
    figure,
    query: { ask: 'take-up', ...of, year, by, group },
  }));

const gains = (
  year: number,
  figure: string,
  narrowed: Omit<SavingsQuery, 'ask' | 'year'> = {},
): MappedFigure => ({
  figure,
  query: { ask: 'savings', year, ...narrowed },
});

const allCouncils = 'All councils';
const y1617 = '2016-17.';
const delivered = { realisation: 'delivered', gainType: 'cash-releasing efficiency' };

/**
 * Which published figures are questions that the ledger can compute. A headline and its chapter that print the
 * same thing are one question, so they can never differ here (S1); figures that say different things under one
 * name (34 councils in one place, 25 in another) are different questions.
 */
export const figureMapping: readonly MappedFigure[] = [
  // 2016/17
  ...total(201617, 'peer-challenges', [`${y1617}peer-challenges.delivered`]),
  ...total(201617, 'peer-days', [`${y1617}peer-challenges.peer-days`]),
  ...total(201617, 'councillors-trained', [
    `${y1617}leadership.councillors`,
    `${y1617}leadership.councillors.headline`,
  ]),
  ...total(201617, 'councillors-trained', [`${y1617}next-generation.participants`], {
    offer: 'next-generation',
  }),
  ...total(201617, 'graduates-placed', [`${y1617}ngdp.graduates-placed`]),
  ...total(201617, 'councils-supported', [`${y1617}leadership.councils`], {
    programme: 'leadership-programmes',
  }),
  ...total(201617, 'councils-supported', [`${y1617}productivity-programme.councils`], {
    programme: 'productivity',
  }),
  ...councils(201617, 'tailored-peer-support', [`${y1617}peer-support.tailored.councils`]),
  ...councils(201617, 'centre-for-public-scrutiny', [
    `${y1617}cfps.councils.annex-a`,
    `${y1617}cfps.authorities`,
  ]),
  ...councils(201617, 'productivity-experts', [`${y1617}productivity-experts.councils.annex-a`]),
  ...councils(201617, 'productivity-experts', [`${y1617}productivity-experts.councils`], {
    roles: ['recipient', 'partner'],
  }),
  ...councils(201617, 'digital-support', [`${y1617}digital-support.councils.annex-a`]),
  ...councils(201617, 'finance-support', [`${y1617}finance-support.councils.annex-a`]),
  ...councils(201617, 'finance-peer-challenge', [`${y1617}finance-peer-challenges.councils`]),
  ...councils(201617, 'one-public-estate', [
    `${y1617}one-public-estate.councils.annex-a`,
    `${y1617}one-public-estate.councils`,
  ]),
  ...councils(201617, 'local-partnerships', [`${y1617}local-partnerships.councils.annex-a`]),
  ...councils(201617, 'devolution-support', [`${y1617}devolution.councils`]),
  ...councils(201617, 'workforce-support', [
    `${y1617}workforce.councils.annex-a`,
    `${y1617}workforce.councils`,
  ]),
  ...share(201617, { measure: 'peer-challenges' }, 'type', {
    [`${y1617}peer-challenges.take-up.unitary`]: 'unitary',
    [`${y1617}peer-challenges.take-up.metropolitan`]: 'metropolitan',
    [`${y1617}peer-challenges.take-up.county`]: 'county',
    [`${y1617}peer-challenges.take-up.district`]: 'district',
  }),
  ...share(201617, { measure: 'peer-challenges' }, 'control', {
    [`${y1617}peer-challenges.take-up.liberal-democrat`]: 'Liberal Democrat',
    [`${y1617}peer-challenges.take-up.conservative`]: 'Conservative',
  }),
  ...share(201617, { offer: 'tailored-peer-support' }, 'type', {
    [`${y1617}peer-support.take-up.county`]: 'county',
    [`${y1617}peer-support.take-up.district`]: 'district',
  }),
  ...share(201617, { offer: 'tailored-peer-support' }, 'control', {
    [`${y1617}peer-support.take-up.no-overall-control`]: 'No overall control',
  }),
  ...share(201617, { measure: 'councillors-trained' }, 'region', {
    [`${y1617}leadership.take-up.london`]: 'London',
    [`${y1617}leadership.take-up.yorkshire-and-humber`]: 'Yorkshire and The Humber',
  }),
  ...share(201617, { offer: 'workforce-support' }, 'type', {
    [`${y1617}workforce.take-up.london-boroughs`]: 'London borough',
  }),
  ...share(201617, { offer: 'centre-for-public-scrutiny' }, 'all', {
    [`${y1617}cfps.take-up.annex-a`]: allCouncils,
  }),
  ...share(201617, { offer: 'one-public-estate' }, 'all', {
    [`${y1617}one-public-estate.take-up.annex-a`]: allCouncils,
  }),
  ...share(201617, { offer: 'local-partnerships' }, 'all', {
    [`${y1617}local-partnerships.take-up.annex-a`]: allCouncils,
  }),
  ...share(201617, { offer: 'lg-inform' }, 'all', {
    [`${y1617}lg-inform.take-up`]: allCouncils,
    [`${y1617}lg-inform.all-councils`]: allCouncils,
  }),
  gains(201617, `${y1617}annex-b.total`),
  gains(201617, `${y1617}annex-b.peer-support-and-challenge`, { area: 'peer-support-and-challenge' }),
  gains(201617, `${y1617}annex-b.productivity-and-efficiency`, { area: 'productivity-and-efficiency' }),
  gains(201617, `${y1617}annex-b.audit`, { area: 'audit' }),
  gains(201617, `${y1617}annex-b.data-and-digital`, { area: 'data-and-digital' }),
  gains(201617, `${y1617}annex-b.working-through-partnerships`, { area: 'working-through-partnerships' }),
  gains(201617, `${y1617}annex-b.leadership`, { area: 'leadership' }),
  gains(201617, `${y1617}annex-b.workforce`, { area: 'workforce' }),
  gains(201617, `${y1617}local-partnerships.savings-delivered`, {
    offer: 'local-partnerships',
    ...delivered,
  }),
  gains(201617, `${y1617}local-partnerships.savings-potential`, {
    offer: 'local-partnerships',
    realisation: 'identified',
  }),
  gains(201617, `${y1617}commercial-experts.income`, { offer: 'commercial-experts', gainType: 'income' }),
  { figure: `${y1617}mou.savings-commitment`, query: { ask: 'savings-target', year: 201617 } },
  // 2018/19
  ...total(201819, 'peer-challenges', ['2018-19.peer-challenges.delivered']),
  ...total(201819, 'peer-challenges', ['2018-19.peer-challenges.corporate.delivered'], {
    offer: 'corporate-peer-challenge',
  }),
  ...total(201819, 'peer-days', ['2018-19.peer-challenges.peer-days']),
  ...total(201819, 'councillors-trained', ['2018-19.leadership.councillors']),
  ...total(201819, 'councillors-trained', ['2018-19.next-generation.participants'], {
    offer: 'next-generation',
  }),
  ...total(201819, 'graduates-placed', ['2018-19.ngdp.graduates-placed']),
  ...total(201819, 'support-activities', ['2018-19.housing-advisers.projects'], {
    offer: 'housing-advisers',
  }),
  ...councils(201819, 'housing-advisers', [
    '2018-19.housing-advisers.councils',
    '2018-19.housing-advisers.councils.as-in-2019-20-report',
  ]),
  ...councils(201819, 'productivity-experts', ['2018-19.productivity-experts.councils'], {
    roles: ['recipient', 'partner'],
  }),
  ...councils(201819, 'productivity-experts', ['2018-19.productivity-experts.councils.direct'], {
    roles: ['recipient'],
  }),
  ...councils(201819, 'productivity-experts', ['2018-19.productivity-experts.councils.partner'], {
    roles: ['partner'],
  }),
  ...councils(201819, 'behavioural-insights', ['2018-19.behavioural-insights.councils']),
  ...councils(201819, 'change-of-control-support', ['2018-19.change-of-control.councils']),
  ...councils(201819, 'local-industrial-strategy', ['2018-19.local-industrial-strategy.councils']),
  ...total(201819, 'organisations-supported', ['2018-19.local-industrial-strategy.organisations'], {
    offer: 'local-industrial-strategy',
  }),
  ...councils(201819, 'workforce-support', ['2018-19.workforce.councils']),
  gains(201819, '2018-19.productivity-experts.savings.headline', { offer: 'productivity-experts' }),
  gains(201819, '2018-19.digital-channel-shift.savings', { offer: 'digital-channel-shift', ...delivered }),
  gains(201819, '2018-19.behavioural-insights.savings', { offer: 'behavioural-insights', ...delivered }),
  gains(201819, '2018-19.behavioural-insights.cost-avoidance', {
    offer: 'behavioural-insights',
    gainType: 'cost avoidance',
  }),
  // 2019/20, the half-year among it
  ...total(201920, 'peer-challenges', ['2019-20.peer-challenges.delivered']),
  ...total(201920, 'peer-challenges', ['2019-20.peer-challenges.corporate.delivered'], {
    offer: 'corporate-peer-challenge',
  }),
  ...total(201920, 'peer-days', ['2019-20.peer-challenges.peer-days']),
  ...total(201920, 'team-size', ['2019-20.peer-challenges.team-size']),
  ...total(201920, 'first-time-corporate-peer-challenges', ['2019-20.peer-challenges.first-time']),
  ...total(201920, 'peers-deployed', ['2019-20.peers.deployed']),
  ...total(201920, 'peers-trained', ['2019-20.peers.recruited']),
  ...total(201920, 'councillors-trained', ['2019-20.leadership.councillors']),
  ...total(201920, 'councillors-trained', ['2019-20.next-generation.participants'], {
    offer: 'next-generation',
  }),
  ...total(201920, 'events-held', ['2019-20.digital-masterclasses.events'], {
    offer: 'data-and-digital-masterclasses',
  }),
  ...total(201920, 'support-activities', ['2019-20.housing-advisers.projects'], {
    offer: 'housing-advisers',
  }),
  ...councils(201920, 'housing-advisers', [
    '2019-20.housing-advisers.councils',
    '2019-20.housing-advisers.councils.body',
  ]),
  ...councils(201920, 'tailored-peer-support', ['2019-20.peer-support.tailored.councils']),
  ...councils(201920, 'change-of-control-support', ['2019-20.change-of-control.councils']),
  ...councils(201920, 'workforce-support', ['2019-20.workforce.councils']),
  gains(201920, '2019-20.productivity-experts.savings.headline', { offer: 'productivity-experts' }),
  gains(201920, '2019-20.behavioural-insights.savings', { offer: 'behavioural-insights', ...delivered }),
  gains(201920, '2019-20.behavioural-insights.cost-avoidance', {
    offer: 'behavioural-insights',
    gainType: 'cost avoidance',
  }),
  gains(201920, '2019-20.behavioural-insights.case.worcestershire', {
    offer: 'behavioural-insights',
    gainType: 'income',
  }),
  ...total(201920, 'peer-challenges', ['2019-20.h1.peer-challenges.delivered'], { asAt: '2019-09-30' }),
  ...total(
    201920,
    'corporate-or-finance-peer-challenges',
    ['2019-20.h1.peer-challenges.corporate-or-finance'],
    {
      asAt: '2019-09-30',
    },
  ),
  ...total(201920, 'deliverables', ['2019-20.h1.mou.deliverables.total'], { asAt: '2019-09-30' }),
  // Green is what the report calls delivered, so the two figures are one question.
  ...total(
    201920,
    'deliverables-green',
    ['2019-20.h1.mou.deliverables.green', '2019-20.h1.mou.targets-delivered'],
    { asAt: '2019-09-30' },
  ),
  ...total(201920, 'deliverables-amber', ['2019-20.h1.mou.deliverables.amber'], { asAt: '2019-09-30' }),
  ...total(201920, 'deliverables-red', ['2019-20.h1.mou.deliverables.red'], { asAt: '2019-09-30' }),
  ...total(201920, 'councillors-booked', ['2019-20.h1.leadership.councillors-booked'], {
    asAt: '2019-09-30',
  }),
  ...total(201920, 'councillors-trained', ['2019-20.h1.leadership.councillors'], { asAt: '2019-09-30' }),
  ...councils(201920, 'tailored-peer-support', ['2019-20.h1.peer-support.tailored.councils'], {
    asAt: '2019-09-30',
  }),
  ...councils(201920, 'change-of-control-support', ['2019-20.h1.change-of-control.councils'], {
    asAt: '2019-09-30',
  }),
  // 2020/21
  ...total(202021, 'peer-challenges', ['2020-21.remote-peer-support.programmes'], {
    programme: 'peer-challenge',
  }),
  ...total(202021, 'councils-supported', ['2020-21.remote-peer-support.councils'], {
    programme: 'peer-challenge',
  }),
  ...share(202021, { programme: 'peer-challenge' }, 'all', {
    '2020-21.remote-peer-support.take-up': allCouncils,
  }),
  ...total(202021, 'councillors-trained', ['2020-21.leadership.councillors']),
  ...total(202021, 'councillors-trained', ['2020-21.next-generation.participants'], {
    offer: 'next-generation',
  }),
  ...total(202021, 'councils-supported', ['2020-21.leadership.councils'], {
    programme: 'leadership-programmes',
  }),
  ...total(202021, 'support-activities', ['2020-21.housing-advisers.projects'], {
    offer: 'housing-advisers',
  }),
  ...councils(202021, 'housing-advisers', ['2020-21.housing-advisers.councils']),
  ...councils(202021, 'rough-sleeping-peer-support', ['2020-21.rough-sleeping.councils']),
  ...share(202021, { offer: 'lg-inform' }, 'all', {
    '2020-21.lg-inform.take-up': allCouncils,
    '2020-21.lg-inform.take-up.highlight': allCouncils,
  }),
];
