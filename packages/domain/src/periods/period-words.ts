import { financialYearLabel } from '@ledger/calendar';
import type { PeriodPart, PeriodState } from './period-of-year';

/** A part of a year in words: "quarter 2 of 2019/20", "2019/20 of the programme productivity". */
export function partInWords(year: number, { quarter, programme }: PeriodPart): string {
  const when =
    quarter === null ? financialYearLabel(year) : `quarter ${quarter} of ${financialYearLabel(year)}`;
  return programme === null ? when : `${when} of the programme ${programme}`;
}

export const stateInWords: Readonly<Record<PeriodState, string>> = {
  open: 'open',
  provisional: 'provisionally closed',
  final: 'finally closed',
};
