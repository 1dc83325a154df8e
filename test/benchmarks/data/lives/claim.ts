import { nextFinancialYear } from '@ledger/calendar';
import { streamOf, type EventData } from '@ledger/events';
import { dateOf, recordedOn, yearOf } from '../days';
import { fateOf, monthsLater, whyOf, withdrawal, type Life, type LifeParts, type Step } from './life';

type Claim = EventData<'SavingsRecorded'>;
type Amount = Claim['amounts'][number];

const gainTypes: readonly (readonly [number, Claim['gainType']])[] = [
  [50, 'cash-releasing efficiency'],
  [15, 'income'],
  [5, 'capital receipt'],
  [15, 'cost avoidance'],
  [8, 'non-cash'],
  [3, 'third-party'],
  [4, 'not stated'],
];
const services = ['Adult social care', 'Highways', 'Waste', 'Housing', 'Procurement', 'Estates', 'Planning'];
const methods = ["council's estimate", "consultant's estimate", 'extrapolated from a sample'] as const;

/** The sum cut into one part for each body, exact to the penny. */
function withShares(bodies: Claim['bodies'], amounts: readonly Amount[]): Claim['bodies'] {
  const total = amounts.reduce((sum, { grossPence }) => sum + grossPence, 0);
  const each = Math.floor(total / Math.max(1, bodies.length));
  return bodies.map((body, at) => ({
    ...body,
    sharePence: at === 0 ? total - each * (bodies.length - 1) : each,
  }));
}

/** What the claim says when it is opened: one, two or three years of forecasts, or one sum over several years. */
function opened({ setting, random, base }: LifeParts): Claim {
  const first = yearOf(base);
  const years = [first, nextFinancialYear(first), nextFinancialYear(nextFinancialYear(first))];
  const pence = (): number => random.between(20, 9_000) * 100_000;
  const amounts: Amount[] = random.percent(20)
    ? [
        {
          fromYear: first,
          toYear: years[2] ?? first,
          basis: 'forecast',
          grossPence: pence(),
          qualifier: 'about',
        },
      ]
    : years.slice(0, random.between(1, 3)).map((year) => ({
        fromYear: year,
        toYear: year,
        basis: 'forecast',
        grossPence: pence(),
        qualifier: 'estimated',
      }));
  const from = base - 90;
  const bodies = new Set<string>();
  const count = random.weighted([
    [75, 1],
    [20, 3],
    [5, 0],
  ]);
  for (let draw = 0; draw < count; draw++)
    bodies.add(setting.bodies.anyBody(random.below(setting.bodies.bodies.length), from, base).id);
  const offer = random.pick(setting.offers.support);
  return {
    offer,
    savingsArea: random.pick(setting.offers.savingsAreas),
    title: `Gain from ${setting.offerLabel(offer).toLowerCase()}, ${random.between(1, 900)}`,
    bodies: [...bodies].map((body) => ({ body, role: 'recipient' })),
    occurred: { from: dateOf(from), to: dateOf(base), basis: 'stated' },
    gainType: random.weighted(gainTypes),
    realisation: random.percent(85) ? 'identified' : 'not stated',
    amounts,
    recurrence: random.percent(50) ? 'recurring' : 'one-off',
    service: random.pick(services),
    source: 'Return of the council',
    method: random.pick(methods),
  };
}

/** The first amount with what really came of it; the others stay as they were. */
function actual(claim: Claim, hundredths: number, cost: number): Claim {
  const [first, ...others] = claim.amounts;
  if (first === undefined) return claim;
  const grossPence = Math.floor((first.grossPence * hundredths) / 100);
  const amounts: Amount[] = [
    { ...first, basis: 'actual', grossPence, costPence: cost, qualifier: 'exact' },
    ...others,
  ];
  return {
    ...claim,
    realisation: 'delivered',
    method: 'actuals',
    amounts,
    bodies: withShares(claim.bodies, amounts),
  };
}

/** A claim of five events: opened, agreed, delivered, put right twice; each some months after the one before. */
export function claimLife(parts: LifeParts): Life {
  const { setting, random, index, base } = parts;
  const first = opened(parts);
  const agreed: Claim = {
    ...first,
    realisation: 'agreed',
    bodies: withShares(first.bodies, first.amounts),
  };
  const delivered = actual(agreed, random.between(60, 110), random.between(0, 90) * 100_000);
  const late = actual(agreed, random.between(60, 110), random.between(10, 90) * 100_000);
  const last: Claim = { ...late, project: `Project ${random.between(1, 500)}` };
  let recorded = recordedOn(base + random.between(5, 40), base);
  const steps: Step[] = [{ recorded, event: { type: 'SavingsRecorded', data: first } }];
  for (const [content, reason] of [
    [agreed, 'late-information'],
    [delivered, 'late-information'],
    [late, 'typing-error'],
    [last, 'other'],
  ] as const) {
    recorded = recordedOn(recorded + random.between(40, 160), recorded);
    steps.push({ recorded, event: { type: 'ClaimRevised', data: { content, ...whyOf(parts, reason) } } });
  }
  if (fateOf('claim', index) === 'withdrawn')
    steps.push({ recorded: monthsLater(parts, recorded), event: withdrawal(parts) });
  return { stream: streamOf('claim', setting.seeded.id('claim', index)), steps };
}
