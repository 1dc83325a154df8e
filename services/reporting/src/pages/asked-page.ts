import { financialYearLabel } from '@ledger/calendar';
import { ProblemError, type Fields } from '@ledger/http';
import { z } from 'zod';
import { AsAt, asked, Year, yearOf } from '../api/parameters';
import type { ReportingParts } from '../api/reporting-parts';

/** @throws ProblemError naming each parameter at fault */
export function check<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ path: path.join('.'), message }));
  throw new ProblemError(400, 'INVALID_REQUEST', 'The question cannot be answered as it is put.', { errors });
}

export function address(path: string, parameters: Fields, more: Fields = {}): string {
  return `${path}?${new URLSearchParams({ ...parameters, ...more }).toString()}`;
}

/** The year asked about, or the newest that has records. */
export async function yearAsked(
  parts: ReportingParts,
  parameters: Fields,
): Promise<{ year: string; years: readonly string[] }> {
  const years = await parts.queries.yearsWithRecords();
  const year = check(Year, parameters['year'] ?? years[0] ?? '2016/17');
  const label = financialYearLabel(yearOf(year));
  return { year, years: years.includes(label) ? years : [...years, label] };
}

export const Recorded = z.object({ asRecordedBy: asked.asRecordedBy });
export const Dated = z.object({ asAt: AsAt });
