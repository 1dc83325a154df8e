import type { Result } from '../lines/result';
import { columns, rowsOf } from './columns';
import type { BenchRun } from './json';
import { disturbance } from './table';

/** Thrown for a page without a place for results. */
export class NoPlaceForResultsError extends Error {
  readonly code = 'NO_PLACE_FOR_RESULTS';
}

/** A table whose first row is its head, in columns as wide as their widest cell, as Prettier writes them. */
export function markdownTable(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(3, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[], fill: string): string =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width, fill)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  return [line(head, ' '), line([], '-'), ...body.map((row) => line(row, ' '))];
}

/** The results in words, a table and a chart. */
function section(results: readonly Result[], { machine, date, events }: BenchRun, chart: string): string {
  const met = results.flatMap(({ verdicts }) => verdicts).filter((verdict) => verdict.met).length;
  const bars = results.reduce((sum, { verdicts }) => sum + verdicts.length, 0);
  const note = disturbance(results);
  return [
    `Measured on ${date}, with ${events.toLocaleString('en-GB')} events, on: ${machine}.`,
    `Of ${bars} bars ${met} were met.${note === '' ? '' : ` ${note}`}`,
    '',
    `![How fast the ledger is beside its limits and Emmett, and how far every line is from its bar](${chart})`,
    '',
    ...markdownTable([columns, ...results.flatMap(rowsOf)]),
    '',
    'What each line measures:',
    '',
    ...results.map(({ id, what }) => `- \`${id}\`: ${what}`),
  ].join('\n');
}

/**
 * A page with a text put in its place, between a comment that begins with the name of the place and one that ends it. What
 * stands between them is made anew; what stands around them is written by people.
 * @throws NoPlaceForResultsError where the page has none
 */
export function withPart(page: string, name: string, text: string): string {
  const begin = new RegExp(`<!-- ${name}: made by .*? -->`).exec(page);
  const end = `<!-- end of ${name} -->`;
  const to = page.indexOf(end);
  if (begin === null || to < begin.index)
    throw new NoPlaceForResultsError(
      `The page has no place for ${name}; put “<!-- ${name}: made by …, not by hand -->” and “${end}” where they are to stand.`,
    );
  return `${page.slice(0, begin.index)}${begin[0]}\n\n${text}\n\n${page.slice(to)}`;
}

/**
 * A page with the results put in their place.
 * @throws NoPlaceForResultsError where the page has none
 */
export function withResults(page: string, results: readonly Result[], run: BenchRun, chart: string): string {
  return withPart(page, 'results', section(results, run, chart));
}
