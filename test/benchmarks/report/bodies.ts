import { fewBodies, manyBodies } from '../lines/scaled/bodies';
import type { JsonLine } from './json';
import { markdownTable, withPart } from './markdown';
import { numberText } from './number-text';

/* What the number of bodies does to a ledger: the lines of two that differ in nothing else, side by side. */

/** The rows, each of a line, and the line of its median where there is one. */
const rows = [
  { line: 'bodies-take-up', what: 'take-up by type, region or control' },
  { line: 'bodies-annual-totals', what: 'annual totals' },
  { line: 'bodies-savings', what: 'the savings table' },
  { line: 'bodies-distinct-persons', what: 'distinct councillors by party' },
  { line: 'bodies-explain', what: 'an explanation, its first 50 lines' },
  { line: 'bodies-as-recorded-by', what: 'the slowest of the first four, as recorded by a position' },
  { line: 'bodies-new-fact', what: 'take-up, just after a fact about a council' },
  { line: 'bodies-first-answer', what: 'the first answer of a server, which reads the register' },
  { line: 'bodies-start', what: 'the start of a server, until it is ready' },
  { line: 'bodies-memory', what: 'the most that it has resident by then' },
  { line: 'bodies-log-size', what: 'the log on disk' },
  { line: 'bodies-read-models-size', what: 'the read models on disk' },
  { line: 'bodies-load', what: 'the invented councils loaded into a new ledger' },
  { line: 'bodies-load-memory', what: 'the most that the server has resident meanwhile' },
] as const;

const withThousands = (bodies: number): string => `${bodies.toLocaleString('en-GB')} bodies`;

/** A figure in its unit, the median first where a line has one. */
function shown(unit: string, p99: number | undefined, median: number | undefined): string {
  if (p99 === undefined) return '';
  if (median === undefined) return `${numberText(p99)} ${unit}`;
  return `${numberText(median)} / ${numberText(p99)} ${unit}`;
}

/** The table of both; rows of lines that were not measured are left out. Of questions it is the median, then the p99. */
export function bodiesTable(lines: readonly JsonLine[]): string {
  const found = (id: string): JsonLine | undefined => lines.find((line) => line.id === id);
  const cells = rows.flatMap(({ line: id, what }) => {
    const line = found(id);
    if (line === undefined) return [];
    const { unit, ours, limit } = line;
    const median = found(`${id}-median`);
    const of = median ?? line;
    return [
      [
        what,
        shown(unit, limit, median?.limit),
        shown(unit, ours, median?.ours),
        of.limit === undefined ? '' : `${numberText(of.ours / of.limit)} ×`,
        `\`${id}\``,
      ],
    ];
  });
  const head = ['what', withThousands(fewBodies), withThousands(manyBodies), 'grows', 'line'];
  return markdownTable([head, ...cells]).join('\n');
}

/** A page with that table in its place. @throws NoPlaceForResultsError */
export function withBodies(page: string, lines: readonly JsonLine[]): string {
  return withPart(page, 'bodies', bodiesTable(lines));
}
