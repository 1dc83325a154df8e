import type { EventData } from '@ledger/events';

type Published = EventData<'FigureBroughtForward'>;

/** A published amount as a finding names it. */
export type CheckedFigure = Pick<
  Published,
  'figure' | 'value' | 'qualifier' | 'programme' | 'measure' | 'dimension'
>;

/** Something about published amounts that somebody should look at. */
export interface CheckedFinding {
  readonly finding: 'parts make a total' | 'one value, two scopes';
  readonly year: number;
  readonly document: string;
  readonly sentence: string;
  readonly figures: readonly CheckedFigure[];
}

/** An amount as a whole number of pounds; the reports print no pence. */
interface Amount {
  readonly figure: Published;
  readonly pounds: number;
  /** The last printed place. */
  readonly roundedTo: number;
}

function amountsOf(figures: readonly Published[]): Amount[] {
  return figures.flatMap((figure) => {
    const pounds = Number(figure.value);
    const isAmount =
      figure.unit === 'GBP' && figure.kind === 'flow' && Number.isSafeInteger(pounds) && pounds > 0;
    return isAmount ? [{ figure, pounds, roundedTo: Number(figure.roundedTo ?? 1) }] : [];
  });
}

function scopeOf({ programme, dimension }: Published): string {
  const slice = Object.entries(dimension ?? {}).flatMap(([name, value]) => (name === 'phase' ? [] : [value]));
  return [programme, ...slice].join(', ');
}

function shown({ figure, value, qualifier, programme, measure, dimension }: Published): CheckedFigure {
  return { figure, value, qualifier, programme, measure, ...(dimension !== undefined && { dimension }) };
}

function groupsOf(amounts: readonly Amount[], key: (figure: Published) => string): Amount[][] {
  const groups = new Map<string, Amount[]>();
  for (const amount of amounts) {
    const name = key(amount.figure);
    groups.set(name, [...(groups.get(name) ?? []), amount]);
  }
  return [...groups.values()];
}

/** Sets of two or three others that come to an amount as it is printed. */
function partsOf(total: Amount, others: readonly Amount[]): Amount[][] {
  const smaller = others.filter(({ pounds }) => pounds < total.pounds);
  const found: Amount[][] = [];
  const fits = (parts: readonly Amount[]): boolean => {
    const off = parts.reduce((sum, { pounds }) => sum + pounds, 0) - total.pounds;
    // "More than 60" is printed of what is less than 61; "about 60" of what is nearer to it than to 59 or 61.
    const below =
      total.figure.qualifier === 'more than' || total.figure.qualifier === 'at least' ? 0 : total.roundedTo;
    return off * 2 >= -below && off < total.roundedTo;
  };
  smaller.forEach((first, at) =>
    smaller.slice(at + 1).forEach((second, next) => {
      if (fits([first, second])) found.push([first, second]);
      for (const third of smaller.slice(at + next + 2))
        if (fits([first, second, third])) found.push([first, second, third]);
    }),
  );
  return found;
}

/** Totals that their parts make: what the parts are is then in the total, whatever its label says. */
function totals(amounts: readonly Amount[]): CheckedFinding[] {
  const groups = groupsOf(amounts, ({ document, financialYear, programme, measure, dimension }) =>
    JSON.stringify([document, financialYear, programme, measure, dimension ?? null]),
  );
  return groups.flatMap((group) =>
    group.flatMap((total) =>
      partsOf(total, group).map((parts) => ({
        finding: 'parts make a total' as const,
        year: total.figure.financialYear,
        document: total.figure.document,
        sentence: `${total.figure.figure} is what ${parts.map(({ figure }) => figure.figure).join(' and ')} come to; they are of different sorts, so the total needs a label that names each, and must not be added to them`,
        figures: [total, ...parts].map(({ figure }) => shown(figure)),
      })),
    ),
  );
}

/** One value that is said of two things: one of them is wrong, or both are one. */
function scopes(amounts: readonly Amount[]): CheckedFinding[] {
  const groups = groupsOf(amounts, ({ document, financialYear, measure, value }) =>
    JSON.stringify([document, financialYear, measure, value]),
  );
  return groups.flatMap((group) => {
    const said = [...new Set(group.map(({ figure }) => scopeOf(figure)))];
    const [first] = group;
    if (first === undefined || said.length < 2) return [];
    const { financialYear: year, document, value } = first.figure;
    return [
      {
        finding: 'one value, two scopes' as const,
        year,
        document,
        sentence: `£${value} is said of ${said.join(' and of ')}; it is one of them, and must not be added to the other`,
        figures: group.map(({ figure }) => shown(figure)),
      },
    ];
  });
}

/**
 * Checks amounts that reports printed against one another, within a document and a year: totals that are made of parts,
 * and one value under two scopes (B7).
 */
export function checkFigures(figures: readonly Published[]): readonly CheckedFinding[] {
  const amounts = amountsOf(figures);
  return [...totals(amounts), ...scopes(amounts)];
}
