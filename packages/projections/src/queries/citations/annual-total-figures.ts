import { financialYearLabel, parseFinancialYear } from '@ledger/calendar';
import type { CitedParameters } from '@ledger/domain';
import type { AskedAt, LedgerQueries, PeriodTotal } from '../answers';
import { saidBesides, type CitedTable } from './cited-figure';

type Asked = CitedParameters<'annual-total'>;

/** A year of some measures, or of all. */
interface OfYear {
  readonly year: number;
  readonly measures?: readonly string[];
  readonly at?: AskedAt;
}

/** The measures of a year, of the part of it up to a day, or of a quarter of it. */
export async function annualTotalFigures(
  queries: Pick<LedgerQueries, 'annualTotals' | 'quarterlyTotals'>,
  { year: text, asAt, quarter }: Asked,
  { measures, at }: Omit<OfYear, 'year'>,
): Promise<CitedTable> {
  const year = parseFinancialYear(text) ?? 0;
  const asked: OfYear = {
    year,
    ...(measures !== undefined && { measures }),
    ...(at !== undefined && { at }),
  };
  const label = financialYearLabel(year);
  if (quarter !== undefined) return ofQuarter(queries, asked, quarter);
  const {
    rows,
    datedOnlyToYear: _,
    asAt: day,
    ...answered
  } = await queries.annualTotals({
    ...asked,
    ...(asAt !== undefined && { asAt }),
  });
  const when = day === null ? label : `${label} as at ${day}`;
  return {
    ...answered,
    title: `Annual totals, ${when}`,
    figures: rows.map(({ measure, rule, value, unit, shown, numerator, base, standing, ...row }) => ({
      ask: 'annual-total' as const,
      parameters: { measure, year: label, ...(asAt !== undefined && { asAt }) },
      label: `${row.label}, ${when}`,
      rule,
      value: String(value),
      unit,
      shown,
      ...saidBesides({ numerator, base }),
      standing,
      illustrative: row.illustrative,
    })),
  };
}

async function ofQuarter(
  queries: Pick<LedgerQueries, 'quarterlyTotals'>,
  asked: OfYear,
  quarter: NonNullable<Asked['quarter']>,
): Promise<CitedTable> {
  const { rows, datedOnlyToYear: _, ...answered } = await queries.quarterlyTotals(asked);
  const label = financialYearLabel(asked.year);
  const when = quarter === 'not-known' ? `${label}, quarter not known` : `quarter ${quarter} of ${label}`;
  const isAsked = ({ period, value }: PeriodTotal): boolean => String(period) === quarter && value !== null;
  return {
    ...answered,
    title: `Totals, ${when}`,
    figures: rows.flatMap(({ measure, label: words, rule, unit, periods }) => {
      const found = periods.find(isAsked);
      if (found === undefined) return [];
      const { value, shown, numerator, base, standing, illustrative } = found;
      return [
        {
          ask: 'annual-total' as const,
          parameters: { measure, year: label, quarter },
          label: `${words}, ${when}`,
          rule,
          value: String(value),
          unit,
          shown,
          ...saidBesides({ numerator, base }),
          standing,
          illustrative,
        },
      ];
    }),
  };
}
