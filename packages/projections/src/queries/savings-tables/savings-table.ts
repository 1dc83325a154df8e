import { financialYearLabel, previousFinancialYear } from '@ledger/calendar';
import { changeOn } from '../annual-totals/annual-totals';
import type {
  AskedAt,
  AttributedAmount,
  RuleCited,
  SavingsRow,
  SavingsSplit,
  SavingsTable,
} from '../answers';
import type { Asking, Ground } from '../asking';
import { beside } from '../comparing';
import type { CountedFigures } from '../counted-figures';
import type { Lines } from '../lines';
import { provisional } from '../periods/provisional';
import type { PublishedFigures } from '../published-figures';
import { pathWith, showPounds } from '../showing';
import { gainLabel, gainsOf, selectGains, selectNotApportioned, type GainKind, type GainSum } from './gains';
import { SummedGains } from './summed-gains';

/** How gains of a year are added. */
export const savingsRule: RuleCited = {
  id: 'gains-of-year/1',
  words:
    'Gross gains whose amount is given for this financial year alone, by the savings area of the claim or of its offer. ' +
    'Amounts over several years without yearly slices are never divided; they stand apart.',
};

function explainPath(ground: Ground, year: number, rest: Record<string, string | undefined>): string {
  return pathWith('/api/explain', {
    ask: 'savings',
    year: financialYearLabel(year),
    ...rest,
    asRecordedBy: ground.answered.asRecordedBy ?? undefined,
  });
}

/** A gain with the part of it that is put down to the programme (B8). */
function attributed(gain: GainSum, ofOthers: GainSum): AttributedAmount {
  const amount = gain.amount();
  return { ...amount, attributedPence: amount.pence - ofOthers.amount().pence };
}

function splitOf(ground: Ground, year: number, gains: SummedGains, ofOthers: SummedGains): SavingsSplit[] {
  const split = [...gains.byKind].map(([key, { manner, sum }]) => {
    // Every gain has these three; a line of another kind has none.
    const { realisation, gainType, amountBasis } = manner;
    const kind = { realisation: realisation ?? '', gainType: gainType ?? '', amountBasis: amountBasis ?? '' };
    return {
      ...attributed(sum, ofOthers.kind(key)),
      ...kind,
      label: gainLabel(kind.realisation, kind.gainType, kind.amountBasis),
      claims: sum.claims,
      explain: explainPath(ground, year, kind),
    };
  });
  return split.sort((a, b) => b.pence - a.pence || (a.label < b.label ? -1 : 1));
}

/** The total's label names everything it mixes (B5). */
function totalLabel(year: number, split: readonly SavingsSplit[]): string {
  const mixed = split.map(({ label }) => label.toLowerCase()).join('; ');
  return split.length === 0
    ? `No gains are recorded for ${financialYearLabel(year)}`
    : `All gains recorded for ${financialYearLabel(year)}, which mixes: ${mixed}`;
}

/** What the savings annex is made from; sums of gains are kept until one of those gains changes. */
export interface SavingsSources {
  readonly asking: Asking;
  readonly published: PublishedFigures;
  readonly kept: CountedFigures<SummedGains>;
}

/** How gains belong to a year: their amounts are of it alone, or of several years of which it is one. */
const ways = { alone: selectGains, 'among others': selectNotApportioned } as const;

/** The savings annex of a financial year. */
export async function savingsTable(
  { asking, published, kept }: SavingsSources,
  { year, at }: { readonly year: number; readonly at?: AskedAt },
): Promise<SavingsTable> {
  const ground = await asking.ground(at);
  const summed = async (way: keyof typeof ways, of: number, kind: GainKind): Promise<SummedGains> =>
    kept.once(`${way} ${of} ${kind}`, ground, async (seen) => {
      const noting = { ...ground, seen };
      return new SummedGains(await ways[way](asking, noting, { year: of }, kind), ground.catalogue);
    });
  const gains = await summed('alone', year, 'gain');
  const others = await summed('alone', year, 'gain-of-others');
  const before = await summed('alone', previousFinancialYear(year), 'gain');
  const apart = await summed('among others', year, 'gain');
  const apartOfOthers = await summed('among others', year, 'gain-of-others');
  const areas: { readonly id: string | null; readonly label: string }[] = [
    ...ground.catalogue.savingsAreas.values(),
  ].sort((a, b) => a.order - b.order);
  if (gains.byArea.has(null)) areas.push({ id: null, label: 'No savings area' });

  const rows: SavingsRow[] = [];
  for (const { id, label } of areas) {
    const sum = gains.area(id);
    const amount = attributed(sum, others.area(id));
    const { claims, illustrative } = sum;
    const lines = async (): Promise<Lines> => gainsOf(asking, ground, { year, area: id });
    const figures =
      id === null ? [] : await published.matching({ ask: 'savings', year, area: id }, ground.upTo);
    rows.push({
      ...amount,
      standing: provisional,
      area: id,
      label,
      claims,
      change: changeOn(before.area(id).amount().value, amount.value),
      published: await Promise.all(
        figures.map((figure) => beside(ground, figure, { value: amount.value, illustrative, lines, year })),
      ),
      illustrative,
      explain: explainPath(ground, year, { area: id ?? 'none' }),
    });
  }

  const split = splitOf(ground, year, gains, others);
  const total = attributed(gains.total, others.total);
  const { illustrative } = gains.total;
  const totals = await published.matching({ ask: 'savings', year }, ground.upTo);
  const [target] = await published.matching({ ask: 'savings-target', year }, ground.upTo);
  return {
    ...ground.answered,
    illustrative,
    year: financialYearLabel(year),
    rows,
    total: {
      ...total,
      standing: provisional,
      label: totalLabel(year, split),
      published: await Promise.all(
        totals.map((figure) =>
          beside(ground, figure, {
            value: total.value,
            illustrative,
            lines: async () => selectGains(asking, ground, { year }),
            year,
          }),
        ),
      ),
      explain: explainPath(ground, year, {}),
    },
    split,
    notApportioned: {
      ...attributed(apart.total, apartOfOthers.total),
      claims: apart.total.claims,
      explain: explainPath(ground, year, { notApportioned: 'true' }),
    },
    target:
      target === undefined
        ? null
        : {
            ...(await beside(ground, target, undefined)),
            reason: `a target of ${showPounds(Number(target.value) * 100)}, not a result`,
          },
    rule: savingsRule,
  };
}
