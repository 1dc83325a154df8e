import type { CouncilGrouping } from '@ledger/councils';
import type { Role } from '@ledger/events';
import type { SampleType } from './sample-record';

/*
 * What the illustrative year must come to, as data: tests of the generator count the records by it, tests of the
 * whole ledger ask it the same questions. The numbers are those of the report on 2016/17; where it names
 * only a rank or prints a percentage, the counts are those that give it on the councils of 31 March 2017.
 */

/** Which records are looked at, by what their events say. */
export interface Selection {
  readonly types: readonly SampleType[];
  /** Absent: of any offer. */
  readonly offers?: readonly string[];
  /** The roles in which a body counts; places on courses, graduates and memberships name one body each. */
  readonly roles?: readonly Role[];
  readonly savingsArea?: string;
  readonly gainType?: string;
  readonly realisation?: string;
}

/** A group of councils as at 31 March 2017. */
export interface GroupAt {
  readonly by: CouncilGrouping;
  readonly group: string;
}

/** What is counted of the records. */
export type ConstraintRule =
  | { readonly count: 'records' | 'persons' | 'peer days in hundredths' | 'pence'; readonly of: Selection }
  | {
      /** Distinct councils existing at 31 March 2017. */
      readonly count: 'councils';
      readonly of: Selection;
      readonly in?: GroupAt;
      /** Only the councils that this counts too. */
      readonly alsoIn?: Selection;
    }
  | {
      /** The group with the strictly highest or lowest share of its councils. */
      readonly count: 'group with the highest share' | 'group with the lowest share';
      readonly of: Selection;
      readonly by: CouncilGrouping;
    };

/** What it must come to. `base` and `percent` (rounded half up) go with a share of councils. */
export type Expected =
  | { readonly exactly: number; readonly base?: number; readonly percent?: number }
  | { readonly moreThan: number; readonly atMost?: number }
  | { readonly group: string };

export interface IllustrativeConstraint {
  readonly name: string;
  readonly rule: ConstraintRule;
  readonly expected: Expected;
}

const peerChallengeOffers = [
  'corporate-peer-challenge',
  'finance-peer-challenge',
  'childrens-peer-challenge',
  'adults-peer-challenge',
  'planning-peer-challenge',
  'communications-peer-challenge',
] as const;
const leadershipOffers = ['leadership-academy', 'leadership-essentials', 'next-generation'] as const;

const challenges: Selection = {
  types: ['PeerChallengeDelivered'],
  offers: peerChallengeOffers,
  roles: ['recipient'],
};
const attendances: Selection = { types: ['CouncillorTrained'], offers: leadershipOffers };
const bookings: Selection = { types: ['PlaceBooked'], offers: leadershipOffers };
const financeChallenges: Selection = { ...challenges, offers: ['finance-peer-challenge'] };

function support(offer: string, roles: readonly Role[] = ['recipient']): Selection {
  return { types: ['SupportProvided'], offers: [offer], roles };
}

function councils(
  name: string,
  of: Selection,
  exactly: number,
  share: { base?: number; percent?: number } = {},
): IllustrativeConstraint {
  return { name, rule: { count: 'councils', of }, expected: { exactly, ...share } };
}

function grouped(
  name: string,
  of: Selection,
  by: CouncilGrouping,
  groups: Readonly<Record<string, readonly [councils: number, base: number, percent: number]>>,
): IllustrativeConstraint[] {
  return Object.entries(groups).map(([group, [exactly, base, percent]]) => ({
    name: `${name}: ${group}`,
    rule: { count: 'councils', of, in: { by, group } },
    expected: { exactly, base, percent },
  }));
}

function ranked(
  name: string,
  of: Selection,
  by: CouncilGrouping,
  { highest, lowest }: { highest?: string; lowest?: string },
): IllustrativeConstraint[] {
  const rank = (end: 'highest' | 'lowest', group: string | undefined): IllustrativeConstraint[] =>
    group === undefined
      ? []
      : [
          {
            name: `${name}: ${end} by ${by}`,
            rule: { count: `group with the ${end} share`, of, by },
            expected: { group },
          },
        ];
  return [...rank('highest', highest), ...rank('lowest', lowest)];
}

function none(name: string, of: Selection, alsoIn: Selection): IllustrativeConstraint {
  return { name, rule: { count: 'councils', of, alsoIn }, expected: { exactly: 0 } };
}

function counted(
  name: string,
  count: 'records' | 'persons' | 'peer days in hundredths' | 'pence',
  of: Selection,
  exactly: number,
): IllustrativeConstraint {
  return { name, rule: { count, of }, expected: { exactly } };
}

const peerChallengeConstraints: readonly IllustrativeConstraint[] = [
  counted('peer challenges delivered', 'records', challenges, 119),
  ...grouped('peer challenges', challenges, 'type', {
    unitary: [29, 56, 52],
    county: [13, 27, 48],
    district: [40, 201, 20],
    // The report prints 48 %, which no number of 36 councils gives; 17 comes nearest.
    metropolitan: [17, 36, 47],
  }),
  ...grouped('peer challenges', challenges, 'control', {
    'Liberal Democrat': [3, 7, 43],
    Conservative: [52, 190, 27],
  }),
  ...ranked('peer challenges', challenges, 'control', { highest: 'Liberal Democrat' }),
  ...ranked('peer challenges', challenges, 'region', { highest: 'South West', lowest: 'London' }),
  counted('days given by peers', 'peer days in hundredths', challenges, 250_000),
  councils('finance peer challenges', financeChallenges, 9),
  counted('finance peer challenges delivered', 'records', financeChallenges, 9),
  none(
    'finance support besides a finance peer challenge',
    financeChallenges,
    support('finance-support', ['recipient']),
  ),
];

const leadershipConstraints: readonly IllustrativeConstraint[] = [
  counted('councillors who attended', 'persons', attendances, 649),
  {
    name: 'attendances',
    rule: { count: 'records', of: attendances },
    expected: { moreThan: 700 },
  },
  counted('councillors who booked, whether or not they came', 'persons', bookings, 709),
  counted('councillors on Next Generation', 'persons', { ...attendances, offers: ['next-generation'] }, 64),
  councils('leadership', attendances, 233, { base: 353, percent: 66 }),
  ...grouped('leadership', attendances, 'region', {
    London: [28, 33, 85],
    'Yorkshire and The Humber': [12, 22, 55],
  }),
  ...ranked('leadership', attendances, 'region', { highest: 'London', lowest: 'Yorkshire and The Humber' }),
];

const peerSupport = support('tailored-peer-support');
const supportConstraints: readonly IllustrativeConstraint[] = [
  councils('tailored peer support', peerSupport, 193, { base: 353, percent: 55 }),
  ...grouped('tailored peer support', peerSupport, 'type', {
    county: [21, 27, 78],
    district: [100, 201, 50],
  }),
  ...grouped('tailored peer support', peerSupport, 'control', { 'No overall control': [43, 53, 81] }),
  ...ranked('tailored peer support', peerSupport, 'type', { highest: 'county', lowest: 'district' }),
  ...ranked('tailored peer support', peerSupport, 'control', { highest: 'No overall control' }),
  ...ranked('tailored peer support', peerSupport, 'region', {
    highest: 'North East',
    lowest: 'East Midlands',
  }),
  councils('Centre for Public Scrutiny', support('centre-for-public-scrutiny'), 54, {
    base: 353,
    percent: 15,
  }),
  councils('One Public Estate', support('one-public-estate'), 214, { base: 353, percent: 61 }),
  councils('Local Partnerships', support('local-partnerships'), 122, { base: 353, percent: 35 }),
  councils('devolution support', support('devolution-support'), 47),
  councils('workforce support', support('workforce-support'), 120),
  ...grouped('workforce support', support('workforce-support'), 'type', {
    'London borough': [16, 33, 48],
    county: [9, 27, 33],
    metropolitan: [12, 36, 33],
    unitary: [18, 56, 32],
    district: [65, 201, 32],
  }),
  councils('LG Inform', { types: ['MembershipStarted'], offers: ['lg-inform'], roles: ['member'] }, 353, {
    base: 353,
    percent: 100,
  }),
  counted(
    'graduates placed',
    'persons',
    { types: ['GraduatePlaced'], offers: ['national-graduate-development-programme'] },
    94,
  ),
];

const productivity: Selection = {
  types: ['SupportProvided'],
  offers: ['productivity-experts', 'digital-support', 'finance-support'],
  roles: ['recipient'],
};
const productivityConstraints: readonly IllustrativeConstraint[] = [
  {
    name: 'productivity programme',
    rule: { count: 'councils', of: productivity },
    expected: { moreThan: 70, atMost: 90 },
  },
  councils('productivity experts', support('productivity-experts'), 25),
  councils(
    'productivity experts, partners too',
    support('productivity-experts', ['recipient', 'partner']),
    34,
  ),
  none(
    'both recipient and partner of a productivity expert',
    support('productivity-experts'),
    support('productivity-experts', ['partner']),
  ),
  councils('digital support', support('digital-support'), 26),
  councils('finance support', support('finance-support'), 20),
];

const claims: Selection = { types: ['SavingsRecorded'] };
const savingsConstraints: readonly IllustrativeConstraint[] = [
  ...Object.entries({
    'peer-support-and-challenge': 2_450_000_000,
    'productivity-and-efficiency': 7_120_000_000,
    audit: 1_200_000_000,
    'data-and-digital': 790_000_000,
    'working-through-partnerships': 6_390_000_000,
    leadership: 530_000_000,
    workforce: 3_510_000_000,
  }).map(([savingsArea, pence]) =>
    counted(`savings: ${savingsArea}`, 'pence', { ...claims, savingsArea }, pence),
  ),
  counted('savings of all areas', 'pence', claims, 21_990_000_000),
  counted(
    'delivered through Local Partnerships',
    'pence',
    {
      ...claims,
      offers: ['local-partnerships'],
      savingsArea: 'working-through-partnerships',
      gainType: 'cash-releasing efficiency',
      realisation: 'delivered',
    },
    2_550_000_000,
  ),
  counted('delivered in all', 'pence', { ...claims, realisation: 'delivered' }, 2_550_000_000),
  councils(
    'councils with savings delivered through Local Partnerships',
    { ...claims, offers: ['local-partnerships'], realisation: 'delivered', roles: ['recipient'] },
    53,
  ),
  counted(
    'identified by Local Partnerships',
    'pence',
    { ...claims, offers: ['local-partnerships'], realisation: 'identified' },
    3_500_000_000,
  ),
  counted('income', 'pence', { ...claims, gainType: 'income' }, 1_220_000_000),
  councils(
    'councils with income through commercial experts',
    { ...claims, offers: ['commercial-experts'], gainType: 'income', roles: ['recipient'] },
    10,
  ),
];

/** Everything the illustrative year must come to when it is counted by the rules. */
export const illustrativeConstraints: readonly IllustrativeConstraint[] = [
  ...peerChallengeConstraints,
  ...leadershipConstraints,
  ...supportConstraints,
  ...productivityConstraints,
  ...savingsConstraints,
];
