import type { BodyInRole, EventData } from '@ledger/events';
import { illustratedYear, quarterOf, someTime } from './dates';
import type { SeededRandom } from './random';
import type { SampleRecord } from './sample-record';
import type { Setting } from './setting';

type Claim = EventData<'SavingsRecorded'>;

const thousandPounds = 100_000n;

/** Claims of one sort: how much, in how many claims, and what all of them say. */
interface ClaimGroup {
  readonly savingsArea: string;
  /** Thousands of pounds in all. */
  readonly thousands: number;
  readonly claims: number;
  readonly title: string;
  readonly offer?: string;
  /**
   * Whose claims they are: of a whole activity under the offer, which the claim links; of councils that took
   * part in the offer, so many in all, each in one claim; or of nobody by name.
   */
  readonly bodies: 'of an activity' | 'none' | { readonly councils: number };
  readonly gainType?: Claim['gainType'];
  readonly realisation?: Claim['realisation'];
  /** The report printed the sum without "estimated". */
  readonly exact?: true;
}

/**
 * The seven areas of the savings annex of 2016/17, 219.9 million pounds together: 24.5, 71.2, 12.0, 7.9, 63.9, 5.3
 * and 35.1. Within them what the report says of single offers: productivity experts 26.5, procurement frameworks
 * 13.2, commercial experts 12.2 of income at ten councils, Local Partnerships 25.5 delivered at 53 councils and
 * 35.0 identified.
 */
const groups: readonly ClaimGroup[] = [
  ...peerSupport(),
  {
    savingsArea: 'productivity-and-efficiency',
    thousands: 26_500,
    claims: 14,
    title: 'Efficiencies found with a productivity expert',
    offer: 'productivity-experts',
    bodies: 'of an activity',
    exact: true,
  },
  {
    savingsArea: 'productivity-and-efficiency',
    thousands: 13_200,
    claims: 4,
    title: 'Purchases through a procurement framework',
    bodies: 'none',
  },
  {
    savingsArea: 'productivity-and-efficiency',
    thousands: 12_200,
    claims: 10,
    title: 'Income from services sold',
    offer: 'commercial-experts',
    bodies: { councils: 10 },
    gainType: 'income',
    exact: true,
  },
  {
    savingsArea: 'productivity-and-efficiency',
    thousands: 9_300,
    claims: 6,
    title: 'Savings planned with finance support',
    offer: 'finance-support',
    bodies: 'of an activity',
  },
  {
    savingsArea: 'productivity-and-efficiency',
    thousands: 10_000,
    claims: 2,
    title: 'Services shared between councils',
    bodies: 'none',
  },
  { savingsArea: 'audit', thousands: 12_000, claims: 2, title: 'Lower audit fees', bodies: 'none' },
  {
    savingsArea: 'data-and-digital',
    thousands: 6_100,
    claims: 6,
    title: 'Cheaper service after digital redesign',
    offer: 'digital-support',
    bodies: 'of an activity',
  },
  {
    savingsArea: 'data-and-digital',
    thousands: 1_800,
    claims: 1,
    title: 'Data gathered once for all councils',
    offer: 'lg-inform',
    bodies: 'none',
  },
  {
    savingsArea: 'working-through-partnerships',
    thousands: 25_500,
    claims: 16,
    title: 'Contract savings delivered',
    offer: 'local-partnerships',
    bodies: { councils: 53 },
    gainType: 'cash-releasing efficiency',
    realisation: 'delivered',
    exact: true,
  },
  {
    savingsArea: 'working-through-partnerships',
    thousands: 35_000,
    claims: 12,
    title: 'Further contract savings possible',
    offer: 'local-partnerships',
    bodies: 'of an activity',
    realisation: 'identified',
    exact: true,
  },
  {
    savingsArea: 'working-through-partnerships',
    thousands: 3_400,
    claims: 5,
    title: 'Running costs of shared buildings',
    offer: 'one-public-estate',
    bodies: 'of an activity',
  },
  {
    savingsArea: 'leadership',
    thousands: 5_300,
    claims: 3,
    title: 'Improvements led by councillors who took part',
    offer: 'leadership-academy',
    bodies: 'none',
  },
  {
    savingsArea: 'workforce',
    thousands: 35_100,
    claims: 12,
    title: 'Changes in pay, grading and organisation',
    offer: 'workforce-support',
    bodies: 'of an activity',
  },
];

function peerSupport(): ClaimGroup[] {
  const common = { savingsArea: 'peer-support-and-challenge', bodies: 'of an activity' } as const;
  const title = 'Plans changed after advice of peers';
  return [
    { ...common, title, thousands: 12_500, claims: 8, offer: 'corporate-peer-challenge' },
    { ...common, title, thousands: 5_000, claims: 4, offer: 'finance-peer-challenge' },
    { ...common, title, thousands: 6_000, claims: 6, offer: 'tailored-peer-support' },
    { ...common, title, thousands: 1_000, claims: 2, offer: 'centre-for-public-scrutiny' },
  ];
}

/** Cuts a sum into unequal parts of whole thousands of pounds, exact to the penny. */
function parts(random: SeededRandom, thousands: number, count: number): number[] {
  const weights = Array.from({ length: count }, () => random.between(2, 12));
  const weight = weights.reduce((sum, one) => sum + one, 0);
  const whole = weights.map((one) => (BigInt(thousands) * BigInt(one)) / BigInt(weight));
  const rest = BigInt(thousands) - whole.reduce((sum, one) => sum + one, 0n);
  return whole.map((one, at) => Number((at === 0 ? one + rest : one) * thousandPounds));
}

interface Whose {
  readonly bodies: BodyInRole[];
  readonly activity?: string;
}

type Delivered = Extract<SampleRecord, { type: 'PeerChallengeDelivered' | 'SupportProvided' }>;

/** Whose the claims of a group are, one entry for each claim. */
function claimants(
  setting: Setting,
  random: SeededRandom,
  group: ClaimGroup,
  delivered: readonly Delivered[],
): Whose[] {
  const nobody = Array.from({ length: group.claims }, (): Whose => ({ bodies: [] }));
  if (group.bodies === 'none') return nobody;
  const under = delivered.filter(({ data }) => data.offer === group.offer);
  const recipientsOf = ({ data }: Delivered): BodyInRole[] =>
    data.bodies.filter(({ role }) => role === 'recipient');
  if (group.bodies === 'of an activity')
    return random
      .sample(under, group.claims)
      .map((record) => ({ bodies: recipientsOf(record), activity: record.activity }));
  const reached = new Set(under.flatMap((record) => recipientsOf(record).map(({ body }) => body)));
  // Under an offer without records of its own, any council.
  const pool = reached.size > 0 ? [...reached] : setting.councils.map(({ bodyId }) => bodyId);
  random
    .sample(pool, group.bodies.councils)
    .forEach((body, at) => nobody[at % group.claims]?.bodies.push({ body, role: 'recipient' }));
  return nobody;
}

const methods = ["council's estimate", "consultant's estimate", 'extrapolated from a sample'] as const;
const amountBases = {
  'not stated': 'not stated',
  identified: 'forecast',
  agreed: 'forecast',
  delivered: 'actual',
} as const;

/** The claims of the year, linked to the activities among `records` that led to them. */
export function savings(setting: Setting, records: readonly SampleRecord[]): SampleRecord[] {
  const random = setting.randomFor('savings');
  const delivered = records.filter(
    (record): record is Delivered =>
      record.type === 'PeerChallengeDelivered' || record.type === 'SupportProvided',
  );
  return groups.flatMap((group, number) => {
    const { savingsArea, title, offer, gainType = 'not stated', realisation = 'not stated', exact } = group;
    const amounts = parts(random, group.thousands, group.claims);
    return claimants(setting, random, group, delivered).map(({ bodies, activity }, at): SampleRecord => {
      const occurred = someTime(random, 1);
      return {
        quarter: quarterOf(occurred),
        type: 'SavingsRecorded',
        activity: setting.idOf('claim', number, at),
        data: {
          ...(offer !== undefined && { offer }),
          savingsArea,
          title,
          bodies,
          occurred,
          gainType,
          realisation,
          amounts: [
            {
              fromYear: illustratedYear,
              toYear: illustratedYear,
              basis: amountBases[realisation],
              grossPence: amounts[at] ?? 0,
              qualifier: exact === true ? 'exact' : 'estimated',
            },
          ],
          recurrence: 'not stated',
          source: 'Invented for the illustrative year',
          method: realisation === 'delivered' ? 'actuals' : random.pick(methods),
          ...(activity !== undefined && { linkedActivities: [activity] }),
        },
      };
    });
  });
}
