import { financialYearSpan, nextFinancialYear } from '@ledger/calendar';
import { deliveredAmounts, type Claim } from './claim';

/** The next confirmation that a recurring gain needs (B9). */
export interface Confirmation {
  /** The financial year to confirm it for. */
  readonly year: number;
  /** The last day on which it is in time: 30 June after the year. */
  readonly due: string;
  /** In how many full years after the first it was made. */
  readonly persisted: number;
}

/** A gain is ongoing once it was made in two full years after the first. */
const ongoingAfter = 2;

/**
 * The confirmation that a claim needs next: the year after the last in which it was made. Undefined where it is not
 * recurring, nothing is delivered, it has lapsed, or it is ongoing and nothing is estimated for that year.
 */
export function nextConfirmation(claim: Claim): Confirmation | undefined {
  const { content, life, withdrawn } = claim;
  if (content.recurrence !== 'recurring' || withdrawn || life.phase === 'rejected') return undefined;
  if (life.lapsedFrom !== null) return undefined;
  const years = deliveredAmounts(claim).map(({ year }) => year);
  const [first, last] = [years[0], years.at(-1)];
  if (first === undefined || last === undefined) return undefined;
  const year = nextFinancialYear(last);
  const persisted = years.length - 1;
  const estimated = content.amounts.some(({ toYear }) => toYear >= year);
  if (persisted >= ongoingAfter && !estimated) return undefined;
  const ends = financialYearSpan(year).to;
  return { year, due: `${ends.slice(0, 4)}-06-30`, persisted };
}
