import type { BodyInRole, Occurred } from '@ledger/events';
import { chooseCouncils, exactly, othersWithin, type Council } from './choose-councils';
import {
  firstDayOfNewControl,
  lastDayOfOldControl,
  quarterOf,
  someTime,
  workingSpan,
  yearEnd,
  yearStart,
} from './dates';
import type { SeededRandom } from './random';
import type { SampleRecord } from './sample-record';
import type { Setting } from './setting';

/** The offers of which every record is SupportProvided, with titles of what was done. */
const titles = {
  'tailored-peer-support': [
    'Mentoring for a new leader',
    'Mentoring for portfolio holders',
    'Support for a political group',
    'Cabinet and management team development',
    'Advice on the medium-term plan',
  ],
  'centre-for-public-scrutiny': ['Scrutiny review', 'Training in scrutiny', 'Advice on governance'],
  'one-public-estate': [
    'Shared public offices',
    'Land release for homes',
    'Joint depot',
    'Health and care hub',
  ],
  'local-partnerships': [
    'Waste contract review',
    'Energy efficiency works',
    'Housing company',
    'Contract saving',
  ],
  'productivity-experts': ['Expert in adult social care', 'Expert in procurement', 'Expert in income'],
  'digital-support': ['Digital transformation project', 'Data expert placed', 'Online service redesign'],
  'finance-support': ['Budget review', 'Medium-term financial plan', 'Support for finance portfolio holders'],
  'devolution-support': [
    'Governance of a combined authority',
    'Devolution proposal',
    'Peer advice on devolution',
  ],
  'workforce-support': [
    'Pay and grading review',
    'Workforce planning',
    'Organisation design',
    'Apprenticeships',
  ],
} as const;
export type SupportOffer = keyof typeof titles;

/** Makes the records of one offer; numbers them as they come. */
function recorder(setting: Setting, offer: SupportOffer, random: SeededRandom) {
  let count = 0;
  return (bodies: readonly BodyInRole[], occurred: Occurred): SampleRecord => ({
    quarter: quarterOf(occurred),
    type: 'SupportProvided',
    activity: setting.idOf(offer, count++),
    data: { offer, occurred, title: random.pick(titles[offer]), bodies: [...bodies] },
  });
}

function recipients(councils: readonly Council[]): BodyInRole[] {
  return councils.map(({ bodyId }) => ({ body: bodyId, role: 'recipient' }));
}

function idsOf(councils: readonly Council[]): Set<string> {
  return new Set(councils.map(({ bodyId }) => bodyId));
}

/**
 * Support by peers: 193 councils, counties and the North East ahead, districts and the East Midlands behind, no
 * overall control ahead of every other control. Those that came under no overall control in May 2016 were
 * supported before it, the others whose control changed after it. Mentors' councils appear as providers, which
 * no take-up counts.
 */
export function tailoredPeerSupport(setting: Setting): SampleRecord[] {
  const { councils, changed } = setting;
  const offer = 'tailored-peer-support';
  const random = setting.randomFor(offer);
  const nowWithoutControl = changed.filter(({ control }) => control === 'No overall control');
  const supported = chooseCouncils(random, councils, offer, {
    size: 193,
    quotas: [
      ...exactly('type', { county: 21, district: 100 }),
      ...othersWithin('type', councils, ['county', 'district'], [52, 76]),
      ...exactly('control', { 'No overall control': 43, UKIP: 0 }),
      ...othersWithin('control', councils, ['No overall control', 'UKIP'], [0, 75]),
      { by: 'region', group: 'North East', from: 10, to: 11 },
      { by: 'region', group: 'East Midlands', from: 12, to: 17 },
      ...othersWithin('region', councils, ['North East', 'East Midlands'], [42, 75]),
    ],
    including: idsOf(nowWithoutControl),
  });
  const before = idsOf(nowWithoutControl);
  const after = idsOf(changed.filter(({ bodyId }) => !before.has(bodyId)));
  const record = recorder(setting, offer, random);
  const again = random.sample(
    supported.filter(({ bodyId }) => !before.has(bodyId) && !after.has(bodyId)),
    32,
  );
  return [...supported, ...again].map((council) => {
    const { bodyId } = council;
    const provider = random.pick(councils);
    const bodies: BodyInRole[] = recipients([council]);
    if (random.chance(15) && provider.bodyId !== bodyId)
      bodies.push({ body: provider.bodyId, role: 'provider' });
    if (before.has(bodyId))
      return record(bodies, workingSpan(random, 2, { from: yearStart, to: lastDayOfOldControl }));
    if (after.has(bodyId))
      return record(bodies, workingSpan(random, 2, { from: firstDayOfNewControl, to: yearEnd }));
    return record(bodies, someTime(random, 3));
  });
}

/** Support for so many councils, one to `together` at a time, and some of them once more. */
function plainSupport(
  setting: Setting,
  offer: SupportOffer,
  supported: readonly Council[],
  { together = 1, again = 0 }: { together?: number; again?: number } = {},
): SampleRecord[] {
  const random = setting.randomFor(`${offer}/records`);
  const record = recorder(setting, offer, random);
  const once = random.shuffled([...new Set(supported.map(({ region }) => region))]).flatMap((region) =>
    // Councils that work on one thing together lie in one region.
    random.groups(
      supported.filter((council) => council.region === region),
      1,
      together,
    ),
  );
  return [...once, ...random.sample(supported, again).map((council) => [council])].map((group) =>
    record(recipients(group), someTime(random, 5)),
  );
}

function some(setting: Setting, offer: SupportOffer, size: number): Council[] {
  return chooseCouncils(setting.randomFor(offer), setting.councils, offer, { size });
}

/** The offers of the productivity programme: over 70 councils, of which none stands under two of them. */
function productivityProgramme(setting: Setting, finance: ReadonlySet<string>): SampleRecord[] {
  const random = setting.randomFor('productivity-programme');
  const pool = random.shuffled(setting.councils.filter(({ bodyId }) => !finance.has(bodyId)));
  const experts = pool.splice(0, 25);
  const partners = pool.splice(0, 9);
  const support = pool.splice(0, 20);
  // A council with a finance peer challenge may well have had help with its data.
  const digital = random.sample(
    [...pool, ...setting.councils.filter(({ bodyId }) => finance.has(bodyId))],
    26,
  );
  const record = recorder(setting, 'productivity-experts', random);
  const placed = experts.map((council, at) => {
    const partner = partners[at];
    const bodies = recipients([council]);
    if (partner !== undefined) bodies.push({ body: partner.bodyId, role: 'partner' });
    return record(bodies, someTime(random, 5));
  });
  const placedAgain = random
    .sample(experts, 3)
    .map((council) => record(recipients([council]), someTime(random, 5)));
  return [
    ...placed,
    ...placedAgain,
    ...plainSupport(setting, 'digital-support', digital, { again: 3 }),
    ...plainSupport(setting, 'finance-support', support, { again: 2 }),
  ];
}

/**
 * Every offer but peer challenges and leadership that councils take up.
 *
 * @param finance councils with a finance peer challenge, which had no other finance support
 */
export function supportOfOtherKinds(setting: Setting, finance: ReadonlySet<string>): SampleRecord[] {
  const workforce = chooseCouncils(
    setting.randomFor('workforce-support'),
    setting.councils,
    'workforce-support',
    {
      size: 120,
      quotas: exactly('type', {
        'London borough': 16,
        county: 9,
        metropolitan: 12,
        unitary: 18,
        district: 65,
      }),
    },
  );
  const council = (
    offer: SupportOffer,
    size: number,
    how: { together?: number; again?: number },
  ): SampleRecord[] => plainSupport(setting, offer, some(setting, offer, size), how);
  return [
    ...council('centre-for-public-scrutiny', 54, { again: 6 }),
    ...council('one-public-estate', 214, { together: 6, again: 8 }),
    ...council('local-partnerships', 122, { together: 3, again: 12 }),
    ...council('devolution-support', 47, { together: 5, again: 4 }),
    ...productivityProgramme(setting, finance),
    ...plainSupport(setting, 'workforce-support', workforce, { again: 25 }),
  ];
}
