export {
  financialYearLabel,
  financialYearOf,
  financialYearSpan,
  isFinancialYear,
  nextFinancialYear,
  parseFinancialYear,
  previousFinancialYear,
  quarterOfSpan,
  quarterSpan,
  sameDayOf,
  yearOfSpan,
  yearsTouched,
  type DateSpan,
} from './financial-year';
export {
  addDays,
  dateInWords,
  daysBetween,
  isLondonDate,
  londonDateOf,
  londonInstant,
  londonMidnightAfter,
} from './london-date';
export { daysInWords, nearestDays, nearestSpans } from './nearest-spans';
export { parseSpanText, spanInWords, type UnreadableSpan, type WrittenSpan } from './span-text';
