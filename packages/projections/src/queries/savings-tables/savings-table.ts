import { financialYearLabel, previousFinancialYear } from '@ledger/calendar';
import type { Catalogue } from '@ledger/domain';
import type { Manner, Sheet } from '../../lines/sheet';
import type { SelectedLines } from '../../lines/selected-lines';
import { changeOn } from '../annual-totals/annual-totals';
import type { AskedAt, RuleCited, SavingsRow, SavingsSplit, SavingsTable } from '../answers';
import type { Asking, Ground } from '../asking';
import { beside } from '../comparing';
import type { Lines } from '../lines';
import { provisional } from '../periods/provisional';
import type { PublishedFigures } from '../published-figures';
import { pathWith, showPounds } from '../showing';
import {
  areaOf,
  gainLabel,
  gainsOf,
  GainSum,
  selectGains,
  selectNotApportioned,
  severalTimes,
  surenessOf,
} from './gains';

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

/** Where gains of one sheet and manner are added. */
interface Place {
  readonly sums: readonly GainSum[];
  readonly sureness: number;
}

/** Gains of a year, added up in the ways in which the table shows them. */
class Gains {
  readonly total = new GainSum();
  readonly #byManner = new Map<Manner, GainSum>();
  readonly byArea = new Map<string | null, GainSum>();
  /** By realisation, gain type and basis. */
  readonly byKind = new Map<string, { readonly manner: Manner; readonly sum: GainSum }>();

  constructor(gains: SelectedLines, catalogue: Catalogue) {
    const { parts, index } = gains;
    const several = severalTimes(gains);
    for (const { sheet, lines, selected } of parts) {
      // Few manners, many lines: where the lines of each go is found out once for a sheet.
      const places: Place[] = [];
      for (const line of selected) {
        const number = lines.manner[line] ?? 0;
        const { sums, sureness } = (places[number] ??= this.#place(sheet, index.manner(number), catalogue));
        const pence = lines.quantity[line] ?? 0;
        const thing = lines.thing[line] ?? 0;
        const again = several.size > 0 && several.has(thing);
        for (const sum of sums) sum.add(pence, sureness, thing, again);
      }
    }
  }

  #place(sheet: Sheet, manner: Manner, catalogue: Catalogue): Place {
    const area = areaOf({ savingsArea: manner.savingsArea, offer: sheet.offer }, catalogue);
    const ofArea = this.byArea.get(area) ?? new GainSum();
    this.byArea.set(area, ofArea);
    const sums = [this.total, ofArea, this.#ofKind(manner)];
    if (sheet.illustrative) for (const sum of sums) sum.illustrative = true;
    return { sums, sureness: surenessOf(manner.qualifier) };
  }

  /** Manners that differ in what the table does not tell apart share a sum. */
  #ofKind(manner: Manner): GainSum {
    const made = this.#byManner.get(manner);
    if (made !== undefined) return made;
    const sum = this.#kindOf(manner);
    this.#byManner.set(manner, sum);
    return sum;
  }

  #kindOf(manner: Manner): GainSum {
    const key = JSON.stringify([manner.realisation, manner.gainType, manner.amountBasis]);
    const known = this.byKind.get(key);
    if (known !== undefined) return known.sum;
    const sum = new GainSum();
    this.byKind.set(key, { manner, sum });
    return sum;
  }

  area(id: string | null): GainSum {
    return this.byArea.get(id) ?? new GainSum();
  }
}

function splitOf(ground: Ground, year: number, gains: Gains): SavingsSplit[] {
  const split = [...gains.byKind.values()].map(({ manner, sum }) => {
    // Every gain has these three; a line of another kind has none.
    const { realisation, gainType, amountBasis } = manner;
    const kind = { realisation: realisation ?? '', gainType: gainType ?? '', amountBasis: amountBasis ?? '' };
    return {
      ...sum.amount(),
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

/** The savings annex of a financial year. */
export async function savingsTable(
  asking: Asking,
  published: PublishedFigures,
  { year, at }: { readonly year: number; readonly at?: AskedAt },
): Promise<SavingsTable> {
  const ground = await asking.ground(at);
  const selected = await selectGains(asking, ground, { year });
  const gains = new Gains(selected, ground.catalogue);
  const before = new Gains(
    await selectGains(asking, ground, { year: previousFinancialYear(year) }),
    ground.catalogue,
  );
  const apart = new Gains(await selectNotApportioned(asking, ground, { year }), ground.catalogue);
  const areas: { readonly id: string | null; readonly label: string }[] = [
    ...ground.catalogue.savingsAreas.values(),
  ].sort((a, b) => a.order - b.order);
  if (gains.byArea.has(null)) areas.push({ id: null, label: 'No savings area' });

  const rows: SavingsRow[] = [];
  for (const { id, label } of areas) {
    const sum = gains.area(id);
    const amount = sum.amount();
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

  const split = splitOf(ground, year, gains);
  const total = gains.total.amount();
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
          beside(ground, figure, { value: total.value, illustrative, lines: async () => selected, year }),
        ),
      ),
      explain: explainPath(ground, year, {}),
    },
    split,
    notApportioned: {
      ...apart.total.amount(),
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
