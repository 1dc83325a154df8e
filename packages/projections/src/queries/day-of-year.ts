import { financialYearLabel, financialYearSpan, isLondonDate } from '@ledger/calendar';
import { QuestionRefusedError } from './asking';

/** The day of a year that a question is as at: its last where none is given. @throws QuestionRefusedError for another */
export function dayOfYear(year: number, asAt: string | undefined): string {
  const { from, to } = financialYearSpan(year);
  if (asAt === undefined) return to;
  if (!isLondonDate(asAt) || asAt < from || asAt > to)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'asAt',
      `${asAt} is no day of ${financialYearLabel(year)}; choose one from ${from} to ${to}.`,
    );
  return asAt;
}
