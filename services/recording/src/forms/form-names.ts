import type { FormField } from './form-fields';

/** The name (and id) of a field in a row of a form: `bodies-0-body`. */
export function rowField(rows: string, row: number, field: string): string {
  return `${rows}-${row}-${field}`;
}

/** At most this many rows of a kind are taken from a form; more are an import. */
const mostRows = 60;

/** How many rows of a field a form shows: those that are filled, those it showed, and at least one. */
export function rowCount(field: FormField, values: Readonly<Record<string, string>>): number {
  const shown = Number(values[`${field.name}-rows`] ?? 0);
  let last = 0;
  for (const name of Object.keys(values)) {
    const row = new RegExp(`^${field.name}-(\\d{1,3})-`).exec(name)?.[1];
    if (row !== undefined) last = Math.max(last, Number(row) + 1);
  }
  return Math.min(mostRows, Math.max(1, last, Number.isInteger(shown) ? shown : 0));
}
