import type { Evaluation, Measure } from '@ledger/domain';

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const twoPlaces = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 });
const pounds = new Intl.NumberFormat('en-GB', {
  style: 'currency',
  currency: 'GBP',
  minimumFractionDigits: 0,
});

/** Whole pence as pounds for readers and JSON; exact to the penny below 2^53. */
export function poundsOf(pence: number): number {
  return pence / 100;
}

/** £m with one place from a million on, otherwise pounds: "£219.9m", "£42,000". Half up. */
export function showPounds(pence: number): string {
  if (pence < 100_000_000) return pounds.format(pence / 100).replace(/\.00$/, '');
  const tenths = Math.floor((pence + 5_000_000) / 10_000_000);
  return `£${whole.format(Math.floor(tenths / 10))}.${tenths % 10}m`;
}

/** A whole number with commas. */
export function showCount(value: number): string {
  return whole.format(value);
}

/** The value of an evaluation as readers know it: pounds, days, a ratio with two places, or a count. */
export function valueOf(
  { unit }: Pick<Measure, 'unit'>,
  { value, base }: Pick<Evaluation, 'value' | 'base'>,
): number {
  if (unit === 'GBP') return poundsOf(value);
  if (unit === 'day') return value / 100;
  if (unit === 'ratio' && base !== undefined)
    return base === 0 ? 0 : Math.floor((200 * value + base) / (2 * base)) / 100;
  return value;
}

/** The same, printed. */
export function showValue(
  measure: Pick<Measure, 'unit'>,
  evaluation: Pick<Evaluation, 'value' | 'base'>,
): string {
  if (measure.unit === 'GBP') return showPounds(evaluation.value);
  return twoPlaces.format(valueOf(measure, evaluation));
}

/** A path with its query, parts that are undefined left out. */
export function pathWith(path: string, query: Readonly<Record<string, string | number | undefined>>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) parameters.set(name, String(value));
  return `${path}?${parameters.toString()}`;
}
