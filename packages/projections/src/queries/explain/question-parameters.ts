import { financialYearLabel } from '@ledger/calendar';
import type { FigureQuery } from '@ledger/domain';

/** A question as the parameters of an address; the API reads them back. */
export function questionParameters(
  query: FigureQuery,
  asRecordedBy: string | null,
): Record<string, string | undefined> {
  const parameters: Record<string, string | undefined> = {};
  for (const [name, value] of Object.entries(query))
    if (value !== undefined)
      parameters[name] =
        name === 'year'
          ? financialYearLabel(Number(value))
          : Array.isArray(value)
            ? value.join(',')
            : String(value);
  return { ...parameters, asRecordedBy: asRecordedBy ?? undefined };
}
