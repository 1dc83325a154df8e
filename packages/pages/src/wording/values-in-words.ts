import { financialYearLabel, spanInWords } from '@ledger/calendar';

const pounds = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  minimumFractionDigits: 0,
});

/** Whole pence as pounds: £12,500 or £12,500.50. */
function poundsInWords(pence: number): string {
  return pence % 100 === 0
    ? pounds.format(pence / 100)
    : pounds
        .formatToParts(pence / 100)
        .reduce((text, { type, value }) => text + (type === 'fraction' ? value.padEnd(2, '0') : value), '');
}

/** Integer hundredths as a decimal: 250 is 2.5. */
export function hundredthsInWords(hundredths: number): string {
  return String(hundredths / 100);
}

type Span = { readonly from: string; readonly to: string; readonly basis: 'stated' | 'report-year' };

function isSpan(value: unknown): value is Span {
  return typeof value === 'object' && value !== null && 'from' in value && 'to' in value && 'basis' in value;
}

/** A value of a field as people read it; ids are named by whoever shows them. */
export function valueInWords(field: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (isSpan(value)) return spanInWords(value);
  if (typeof value === 'number') {
    if (/pence$/i.test(field)) return poundsInWords(value);
    if (field.endsWith('Hundredths')) return hundredthsInWords(value);
    return field === 'year' || field.endsWith('Year')
      ? financialYearLabel(value)
      : new Intl.NumberFormat('en-GB').format(value);
  }
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string')
    return /^\d{4}-\d{2}-\d{2}$/.test(value)
      ? spanInWords({ from: value, to: value, basis: 'stated' })
      : value;
  return JSON.stringify(value);
}
