import type { EventData } from '@ledger/events';
import type { OtherBody } from './other-bodies';

type Role = EventData<'SupportProvided'>['bodies'][number]['role'];
type Claim = EventData<'SavingsRecorded'>;
/** A council by its GSS code (`E…`), or another body by its key. */
type Named = readonly [`E${string}` | OtherBody, Role];

interface Common {
  /** The rows of the reports' list that this thing is made of: rows of one occasion share one thing. */
  readonly rows: readonly string[];
  readonly offer: string;
  readonly title: string;
  readonly from: string;
  readonly to: string;
  /** Only the report's year is known, or the year was worked out. */
  readonly reportYear?: true;
  readonly bodies: readonly Named[];
}

/** One thing the rows make. */
export type NamedThing = Common &
  (
    | { readonly type: 'SupportProvided' | 'PeerChallengeDelivered' }
    | { readonly type: 'EventHeld'; readonly attendees?: number }
    | { readonly type: 'GrantAwarded'; readonly pounds: number }
    | ({ readonly type: 'SavingsRecorded'; readonly pounds: number; readonly toYear?: number } & Pick<
        Claim,
        'gainType' | 'realisation' | 'service' | 'project'
      > & { readonly qualifier: Claim['amounts'][number]['qualifier'] })
  );

/** Rows that make nothing, and why. */
export const notCounted: readonly { readonly rows: readonly string[]; readonly why: string }[] = [
  {
    rows: ['2018-19.northamptonshire.entered-formal-intervention'],
    why: 'an act of government, not of the programme',
  },
  {
    rows: [
      '2018-19.rotherham.rising-to-the-challenge',
      '2018-19.hertfordshire.rising-to-the-challenge',
      '2018-19.staffordshire.rising-to-the-challenge',
    ],
    why: 'interviews for an evaluation: councils told of support that is recorded, if at all, by itself',
  },
  {
    rows: ['2018-19.salisbury.novichok-response'],
    why: 'help to the sector about a place; no body is named that was supported',
  },
  {
    rows: ['2018-19.north-east.prevent-and-counter-extremism-course'],
    why: 'a course that was developed; that it was held is not printed',
  },
];

const y1617 = { from: '2016-04-01', to: '2017-03-31' };
const y1819 = { from: '2018-04-01', to: '2019-03-31' };
const y1920 = { from: '2019-04-01', to: '2020-03-31' };
const y2021 = { from: '2020-04-01', to: '2021-03-31' };
const masterclasses = { from: '2020-01-01', to: '2020-02-29' };
const delivered = { gainType: 'cash-releasing efficiency', realisation: 'delivered' } as const;
const ehcPanel = {
  service: 'Education, Health and Care plans',
  project: 'Decision panel for plans',
} as const;
const star = { service: 'Procurement', project: 'STAR Procurement' } as const;

/** Courses and meetings of which only the place is known: a place is no body, so they have none. */
const atPlaces = (
  rows: readonly (readonly [row: string, place: string])[],
  what: string,
  offer: string,
  span: { readonly from: string; readonly to: string },
): readonly NamedThing[] =>
  rows.map(([row, place]) => ({
    rows: [row],
    type: 'EventHeld',
    offer,
    title: `${what}, ${place}`,
    ...span,
    bodies: [],
  }));

/** Councils whose peers led or joined teams elsewhere: providers, who were not themselves supported. */
const peersProvided = (row: string, council: `E${string}`): NamedThing => ({
  rows: [row],
  type: 'SupportProvided',
  offer: 'peers-provided',
  title: 'Peers provided to other councils',
  ...y2021,
  reportYear: true,
  bodies: [[council, 'provider']],
});

const panel = (
  row: string,
  council: `E${string}`,
  more: readonly Named[] = [],
  moreRows: readonly string[] = [],
): NamedThing => ({
  rows: [row, ...moreRows],
  type: 'PeerChallengeDelivered',
  offer: 'recovery-and-renewal-panel',
  title: 'Recovery and renewal panel',
  ...y2021,
  bodies: [[council, 'recipient'], ...more],
});

/** Row by row: what each of the reports' named activities was, and who took part in which role. */
export const namedThings: readonly NamedThing[] = [
  {
    rows: ['2016-17.isle-of-wight.be-a-councillor-event'],
    type: 'EventHeld',
    offer: 'be-a-councillor',
    title: 'Be a Councillor event for women',
    ...y1617,
    bodies: [['E06000046', 'host']],
  },
  {
    rows: ['2016-17.luton.counter-extremism-special-interest-group'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Special interest group on extremism',
    ...y1617,
    bodies: [
      ['E06000032', 'partner'],
      ['dclg', 'partner'],
      ['home-office', 'partner'],
    ],
  },
  {
    rows: ['2016-17.combined-authority-chief-executives-network.established'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Network established',
    ...y1617,
    bodies: [['ca-chief-executives', 'member']],
  },

  {
    rows: ['2018-19.northamptonshire.intensive-support'],
    type: 'SupportProvided',
    offer: 'intensive-support',
    title: 'Intensive support',
    from: '2018-05-01',
    to: '2019-03-31',
    bodies: [['E10000021', 'recipient']],
  },
  // Which kind of onsite work it was is not printed, so it is no peer challenge here.
  {
    rows: ['2018-19.west-sussex.peer-to-staffordshire'],
    type: 'SupportProvided',
    offer: 'tailored-peer-support',
    title: 'Onsite support by a chief executive peer',
    ...y1819,
    reportYear: true,
    bodies: [
      ['E10000032', 'provider'],
      ['E10000028', 'recipient'],
    ],
  },
  ...atPlaces(
    [
      ['2018-19.commercial-masterclass.cambridge', 'Cambridge'],
      ['2018-19.commercial-masterclass.winchester', 'Winchester'],
      ['2018-19.commercial-masterclass.leeds', 'Leeds'],
      ['2018-19.commercial-masterclass.manchester', 'Manchester'],
    ],
    'Commercial skills masterclass',
    'commercial-skills-training',
    y1819,
  ),
  {
    rows: ['2018-19.surrey.fees-and-charges-review.income'],
    type: 'SavingsRecorded',
    offer: 'productivity-experts',
    title: 'Review of fees and charges',
    ...y1819,
    bodies: [['E10000030', 'recipient']],
    gainType: 'income',
    realisation: 'identified',
    service: 'Fees and charges',
    pounds: 2_000_000,
    qualifier: 'more than',
  },
  {
    rows: ['2018-19.warrington.ehc-panel.saving'],
    type: 'SavingsRecorded',
    offer: 'behavioural-insights',
    title: 'Saving by the decision panel',
    ...y1819,
    bodies: [['E06000007', 'recipient']],
    ...delivered,
    ...ehcPanel,
    pounds: 42_000,
    qualifier: 'exact',
  },
  // Twelve months across two years: its yearly slices are not printed, so not given.
  {
    rows: ['2018-19.warrington.ehc-panel.cost-avoidance'],
    type: 'SavingsRecorded',
    offer: 'behavioural-insights',
    title: 'Costs to be avoided by the decision panel',
    from: '2018-06-01',
    to: '2019-06-30',
    toYear: 201920,
    bodies: [['E06000007', 'recipient']],
    gainType: 'cost avoidance',
    realisation: 'identified',
    ...ehcPanel,
    pounds: 380_000,
    qualifier: 'exact',
  },
  // One placement at the joint team; that a fourth council joined it is its result.
  {
    rows: ['2018-19.star-procurement.shared-service-expert', '2018-19.tameside.joined-star-procurement'],
    type: 'SupportProvided',
    offer: 'shared-service-experts',
    title: 'Shared service expert at a joint procurement team',
    ...y1819,
    bodies: [
      ['E08000009', 'recipient'],
      ['E08000007', 'recipient'],
      ['E08000005', 'recipient'],
      ['E08000008', 'recipient'],
      ['star', 'recipient'],
    ],
  },
  {
    rows: ['2018-19.tameside.star-procurement.saving'],
    type: 'SavingsRecorded',
    offer: 'shared-service-experts',
    title: 'Saving in the first months in the joint team',
    ...y1819,
    bodies: [
      ['E08000008', 'recipient'],
      ['star', 'partner'],
    ],
    ...delivered,
    ...star,
    pounds: 230_000,
    qualifier: 'exact',
  },
  {
    rows: ['2018-19.star-procurement.founders.saving'],
    type: 'SavingsRecorded',
    offer: 'shared-service-experts',
    title: 'Saving of the three founders, shares not printed',
    ...y1819,
    bodies: [
      ['E08000009', 'recipient'],
      ['E08000007', 'recipient'],
      ['E08000005', 'recipient'],
      ['star', 'partner'],
    ],
    ...delivered,
    ...star,
    pounds: 6_300_000,
    qualifier: 'exact',
  },
  // Six case studies were presented at one event.
  {
    rows: [
      '2018-19.durham.profit-with-a-purpose',
      '2018-19.sheffield.profit-with-a-purpose',
      '2018-19.warrington.profit-with-a-purpose',
      '2018-19.sevenoaks.profit-with-a-purpose',
      '2018-19.birmingham.profit-with-a-purpose',
      '2018-19.runnymede.profit-with-a-purpose',
    ],
    type: 'EventHeld',
    offer: 'social-value-events',
    title: 'Profit with a purpose',
    ...y1819,
    attendees: 84,
    bodies: [
      ['E06000047', 'presenter'],
      ['E08000039', 'presenter'],
      ['E06000007', 'presenter'],
      ['E07000111', 'presenter'],
      ['E08000025', 'presenter'],
      ['E07000212', 'presenter'],
    ],
  },
  {
    rows: ['2018-19.scarborough.digital-channel-shift.grant'],
    type: 'GrantAwarded',
    offer: 'digital-channel-shift',
    title: 'Digital bin collection service',
    ...y1819,
    bodies: [['E07000168', 'recipient']],
    pounds: 15_000,
  },
  {
    rows: ['2018-19.scarborough.digital-channel-shift.saving'],
    type: 'SavingsRecorded',
    offer: 'digital-channel-shift',
    title: 'Channel shift to self-service',
    ...y1819,
    bodies: [['E07000168', 'recipient']],
    ...delivered,
    service: 'Waste collection',
    project: 'Digital channel shift',
    pounds: 250_000,
    qualifier: 'more than',
  },
  {
    rows: ['2018-19.rochdale.digital-channel-shift.grant'],
    type: 'GrantAwarded',
    offer: 'digital-channel-shift',
    title: 'Resource for behavioural change',
    ...y1819,
    bodies: [['E08000005', 'recipient']],
    pounds: 15_000,
  },
  {
    rows: ['2018-19.rochdale.digital-channel-shift.saving'],
    type: 'SavingsRecorded',
    offer: 'digital-channel-shift',
    title: 'Channel shift to self-service',
    ...y1819,
    bodies: [['E08000005', 'recipient']],
    ...delivered,
    service: 'Customer contact',
    project: 'Digital channel shift',
    pounds: 182_000,
    qualifier: 'more than',
  },
  // The councils that took part are printed as a group without names.
  {
    rows: ['2018-19.east-london.prevent-leadership-essentials'],
    type: 'EventHeld',
    offer: 'leadership-essentials-prevent',
    title: 'Leadership Essentials: Prevent, East London',
    from: '2018-11-01',
    to: '2018-11-30',
    bodies: [['home-office', 'partner']],
  },
  {
    rows: ['2018-19.sigce.seminars'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Seminars',
    ...y1819,
    bodies: [['sigce', 'recipient']],
  },
  {
    rows: ['2018-19.nr3-register.tfl-and-nafn'],
    type: 'SupportProvided',
    offer: 'licensing-support',
    title: 'Register of refused and revoked licences',
    ...y1819,
    bodies: [
      ['nafn', 'partner'],
      ['tfl', 'recipient'],
    ],
  },
  {
    rows: ['2018-19.combined-authority-networks.facilitated'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Networks facilitated',
    ...y1819,
    bodies: [
      ['ca-chief-executives', 'member'],
      ['ca-finance', 'member'],
      ['ca-housing-and-planning', 'member'],
      ['ca-employment-and-skills', 'member'],
    ],
  },
  {
    rows: ['2018-19.combined-authority-networks.established'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Networks established',
    ...y1819,
    bodies: [
      ['ca-hr', 'member'],
      ['ca-governance-and-scrutiny', 'member'],
    ],
  },
  // "About two years" before a panel of 2020/21: the year is worked out.
  {
    rows: ['2018-19.south-staffordshire.earlier-peer-review.as-in-2020-21-report'],
    type: 'PeerChallengeDelivered',
    offer: 'other-peer-challenge',
    title: 'Earlier peer review',
    ...y1819,
    reportYear: true,
    bodies: [['E07000196', 'recipient']],
  },

  ...atPlaces(
    [
      ['2019-20.peer-training.mid-devon', 'Mid Devon'],
      ['2019-20.peer-training.preston', 'Preston'],
    ],
    'Peer training',
    'peer-training',
    y1920,
  ),
  {
    rows: ['2019-20.rutland.be-a-councillor-womens-event'],
    type: 'EventHeld',
    offer: 'be-a-councillor',
    title: 'Be a Councillor event for women',
    ...y1920,
    bodies: [['E06000017', 'host']],
  },
  {
    rows: ['2019-20.waltham-forest.be-a-councillor-young-peoples-event'],
    type: 'EventHeld',
    offer: 'be-a-councillor',
    title: 'Be a Councillor event for young people',
    ...y1920,
    attendees: 60,
    bodies: [
      ['E09000031', 'host'],
      ['democratic-society', 'partner'],
    ],
  },
  // Three case studies at one zone of one conference.
  {
    rows: [
      '2019-20.darlington.innovation-zone',
      '2019-20.leeds.innovation-zone',
      '2019-20.bracknell-forest.innovation-zone',
    ],
    type: 'EventHeld',
    offer: 'innovation-zone',
    title: 'Innovation Zone',
    from: '2019-07-02',
    to: '2019-07-04',
    bodies: [
      ['E06000005', 'presenter'],
      ['blue-cabin', 'partner'],
      ['harewood-hill-lodge', 'partner'],
      ['E08000035', 'presenter'],
      ['E06000036', 'presenter'],
      ['dogs-for-good', 'partner'],
    ],
  },
  {
    rows: ['2019-20.worcestershire.adult-social-care-charges.income'],
    type: 'SavingsRecorded',
    offer: 'behavioural-insights',
    title: 'Charges collected',
    ...y1920,
    bodies: [['E10000034', 'recipient']],
    gainType: 'income',
    realisation: 'delivered',
    service: 'Adult social care charges',
    project: 'Letters about charges',
    pounds: 42_000,
    qualifier: 'exact',
  },
  {
    rows: ['2019-20.warrington.ehc-plans.saving'],
    type: 'SavingsRecorded',
    offer: 'behavioural-insights',
    title: 'Saving on plans',
    ...y1920,
    bodies: [['E06000007', 'recipient']],
    ...delivered,
    ...ehcPanel,
    pounds: 145_000,
    qualifier: 'exact',
  },
  {
    rows: ['2019-20.warrington.ehc-plans.cost-avoidance'],
    type: 'SavingsRecorded',
    offer: 'behavioural-insights',
    title: 'Costs avoided on plans',
    ...y1920,
    bodies: [['E06000007', 'recipient']],
    gainType: 'cost avoidance',
    realisation: 'delivered',
    ...ehcPanel,
    pounds: 585_390,
    qualifier: 'exact',
  },
  ...atPlaces(
    [
      ['2019-20.data-masterclass.london', 'London'],
      ['2019-20.data-masterclass.manchester', 'Manchester'],
      ['2019-20.data-masterclass.bristol', 'Bristol'],
      ['2019-20.data-masterclass.newcastle', 'Newcastle'],
    ],
    'Data and digital transformation masterclass',
    'data-and-digital-masterclasses',
    masterclasses,
  ),
  {
    rows: ['2019-20.redcar-and-cleveland.ransomware-response'],
    type: 'SupportProvided',
    offer: 'cyber-security',
    title: 'Response to a ransomware attack',
    ...y1920,
    bodies: [['E06000003', 'recipient']],
  },
  {
    rows: ['2019-20.leeds-and-luton.sigce-work-programme'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Work programme',
    ...y1920,
    bodies: [
      ['E08000035', 'recipient'],
      ['E06000032', 'recipient'],
      ['sigce', 'recipient'],
      ['far-right-working-group', 'recipient'],
    ],
  },
  {
    rows: ['2019-20.islamist-extremism-working-group.support'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Support to a working group',
    ...y1920,
    bodies: [['islamist-extremism-working-group', 'recipient']],
  },
  {
    rows: ['2019-20.sigce.regional-leadership-networks'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Two regional leadership networks',
    ...y1920,
    bodies: [['sigce', 'recipient']],
  },
  {
    rows: ['2019-20.sigce.seminars'],
    type: 'SupportProvided',
    offer: 'counter-extremism',
    title: 'Seminars',
    ...y1920,
    bodies: [['sigce', 'recipient']],
  },
  {
    rows: ['2019-20.leeds.northern-communities-conference'],
    type: 'EventHeld',
    offer: 'community-cohesion',
    title: 'Northern communities conference',
    from: '2019-11-01',
    to: '2019-11-30',
    bodies: [['E08000035', 'host']],
  },
  {
    rows: ['2019-20.combined-authority-networks.facilitated'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Networks facilitated',
    ...y1920,
    bodies: [
      ['ca-governance-and-scrutiny', 'member'],
      ['ca-communications', 'member'],
      ['ca-employment-and-skills', 'member'],
      ['ca-hr-and-finance', 'member'],
    ],
  },
  {
    rows: ['2019-20.combined-authority-networks.transport-scrutiny-research'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Research on transport scrutiny',
    ...y1920,
    bodies: [
      ['ca-governance-and-scrutiny', 'recipient'],
      ['cfps', 'partner'],
    ],
  },
  {
    rows: ['2019-20.combined-authority-networks.devolution-communications-research'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Research on communicating devolution',
    ...y1920,
    bodies: [
      ['ca-communications', 'recipient'],
      ['newgate', 'partner'],
    ],
  },
  // How many graduates is not printed, so none is counted as placed.
  {
    rows: ['2019-20.h1.doncaster.ngdp'],
    type: 'SupportProvided',
    offer: 'national-graduate-development-programme',
    title: 'Part in the graduate programme',
    from: '2019-04-01',
    to: '2019-09-30',
    bodies: [['E08000017', 'participant']],
  },

  panel('2020-21.telford-and-wrekin.recovery-and-renewal-panel', 'E06000020'),
  panel('2020-21.st-helens.recovery-and-renewal-panel', 'E08000013'),
  // The peer from another council is told of in a row of its own: the same panel.
  panel(
    '2020-21.south-staffordshire.recovery-and-renewal-panel',
    'E07000196',
    [['E07000134', 'provider']],
    ['2020-21.north-west-leicestershire.peer-to-south-staffordshire'],
  ),
  panel('2020-21.cheltenham.recovery-and-renewal-panel', 'E07000078'),
  panel('2020-21.warrington.recovery-and-renewal-panel', 'E06000007'),
  panel('2020-21.cheshire-west-and-chester.recovery-and-renewal-panel', 'E06000050'),
  {
    rows: ['2020-21.cornwall-frs.remote-bespoke-peer-support'],
    type: 'PeerChallengeDelivered',
    offer: 'remote-peer-support',
    title: 'Virtual review',
    ...y2021,
    bodies: [['cornwall-fire', 'recipient']],
  },
  {
    rows: ['2020-21.torbay.remote-bespoke-peer-support'],
    type: 'PeerChallengeDelivered',
    offer: 'remote-peer-support',
    title: 'Review of the governance of a company',
    ...y2021,
    bodies: [['E06000027', 'recipient']],
  },
  peersProvided('2020-21.st-helens.peers-provided', 'E08000013'),
  peersProvided('2020-21.eastleigh.peers-provided', 'E07000086'),
  peersProvided('2020-21.north-west-leicestershire.peers-provided', 'E07000134'),
  peersProvided('2020-21.southend-on-sea.peers-provided', 'E06000033'),
  {
    rows: ['2020-21.combined-authority-hr-network.sessions'],
    type: 'SupportProvided',
    offer: 'workforce-support',
    title: 'Sessions of a network',
    ...y2021,
    bodies: [['ca-hr', 'recipient']],
  },
  {
    rows: ['2020-21.combined-authority-employment-and-skills-network.engagement'],
    type: 'SupportProvided',
    offer: 'devolution-support',
    title: 'Engagement with a network',
    ...y2021,
    bodies: [['ca-employment-and-skills', 'participant']],
  },
];
