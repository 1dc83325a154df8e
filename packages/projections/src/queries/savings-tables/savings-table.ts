import { financialYearLabel, previousFinancialYear } from '@ledger/calendar';
import type { StandingLine } from '@ledger/domain';
import { changeOn } from '../annual-totals/annual-totals';
import type { AskedAt, RuleCited, SavingsRow, SavingsSplit, SavingsTable } from '../answers';
import type { Asking, Ground } from '../asking';
import { beside, hasIllustrative } from '../comparing';
import type { PublishedFigures } from '../published-figures';
import { pathWith, showPounds } from '../showing';
import { amountOf, areaOf, claimsOf, gainLabel, gainsOf, notApportionedOf } from './gains';

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

/** Gains by a key, keys in the order of their first line. */
function by<K>(lines: readonly StandingLine[], keyOf: (line: StandingLine) => K): Map<K, StandingLine[]> {
  const groups = new Map<K, StandingLine[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}

function splitOf(ground: Ground, year: number, lines: readonly StandingLine[]): SavingsSplit[] {
  const groups = by(lines, ({ line }) => JSON.stringify([line.realisation, line.gainType, line.amountBasis]));
  const split = [...groups].map(([key, ofKind]) => {
    // The key was made three lines above.
    const [realisation, gainType, amountBasis] = JSON.parse(key) as [string, string, string];
    return {
      ...amountOf(ofKind),
      realisation,
      gainType,
      amountBasis,
      label: gainLabel(realisation, gainType, amountBasis),
      claims: claimsOf(ofKind),
      explain: explainPath(ground, year, { realisation, gainType, amountBasis }),
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

/** The savings annex of a financial year. */
export async function savingsTable(
  asking: Asking,
  published: PublishedFigures,
  { year, at }: { readonly year: number; readonly at?: AskedAt },
): Promise<SavingsTable> {
  const ground = await asking.ground(at);
  const gains = await gainsOf(asking, ground, { year });
  const before = by(await gainsOf(asking, ground, { year: previousFinancialYear(year) }), (line) =>
    areaOf(line, ground.catalogue),
  );
  const byArea = by(gains, (line) => areaOf(line, ground.catalogue));
  const areas: { readonly id: string | null; readonly label: string }[] = [
    ...ground.catalogue.savingsAreas.values(),
  ].sort((a, b) => a.order - b.order);
  if (byArea.has(null)) areas.push({ id: null, label: 'No savings area' });

  const rows: SavingsRow[] = [];
  for (const { id, label } of areas) {
    const lines = byArea.get(id) ?? [];
    const amount = amountOf(lines);
    const figures =
      id === null ? [] : await published.matching({ ask: 'savings', year, area: id }, ground.upTo);
    rows.push({
      ...amount,
      area: id,
      label,
      claims: claimsOf(lines),
      change: changeOn(amountOf(before.get(id) ?? []).value, amount.value),
      published: figures.map((figure) => beside(ground, figure, { value: amount.value, lines, year })),
      illustrative: hasIllustrative(lines),
      explain: explainPath(ground, year, { area: id ?? 'none' }),
    });
  }

  const split = splitOf(ground, year, gains);
  const total = amountOf(gains);
  const totals = await published.matching({ ask: 'savings', year }, ground.upTo);
  const targets = await published.matching({ ask: 'savings-target', year }, ground.upTo);
  const apart = await notApportionedOf(asking, ground, { year });
  return {
    ...ground.answered,
    illustrative: hasIllustrative(gains),
    year: financialYearLabel(year),
    rows,
    total: {
      ...total,
      label: totalLabel(year, split),
      published: totals.map((figure) => beside(ground, figure, { value: total.value, lines: gains, year })),
      explain: explainPath(ground, year, {}),
    },
    split,
    notApportioned: {
      ...amountOf(apart),
      claims: claimsOf(apart),
      explain: explainPath(ground, year, { notApportioned: 'true' }),
    },
    target:
      targets.map((figure) => ({
        ...beside(ground, figure, undefined),
        reason: `a target of ${showPounds(Number(figure.value) * 100)}, not a result`,
      }))[0] ?? null,
    rule: savingsRule,
  };
}
