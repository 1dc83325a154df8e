import type { JsonLine } from './json';
import { markdownTable, withPart } from './markdown';
import { numberText } from './number-text';

/*
 * What a hundred million events would need, reckoned from what one event was measured to cost. Nothing is assumed besides
 * that the cost of an event stays what it is; where that is known to be wrong, the page says so.
 */

const events = 100_000_000;
/** A load that lasts, in events a second. */
const load = 1000;

/** What is needed, from a measured value in the unit of its line. */
interface Need {
  /** The line it comes from. */
  readonly line: string;
  readonly what: string;
  readonly needs: (measured: number) => string;
}

const gigabytes = (bytesPerEvent: number): string => `${numberText((bytesPerEvent * events) / 1e9)} GB`;
const hours = (perSecond: number): string => `${numberText(events / perSecond / 3600)} hours`;
const processors = (microseconds: number): string =>
  `${numberText((microseconds * load) / 1e6)} processors at ${load.toLocaleString('en-GB')} events/s`;

const needs: readonly Need[] = [
  { line: 'log-size', what: 'the log, in SQLite', needs: gigabytes },
  { line: 'topic-size', what: 'the topic, on each replica', needs: gigabytes },
  { line: 'postgres-size', what: 'the read models in PostgreSQL', needs: gigabytes },
  { line: 'publish', what: 'a new topic filled from the log', needs: hours },
  { line: 'rebuild-postgres', what: 'all read models built anew', needs: hours },
  { line: 'publish-cpu', what: 'the publisher', needs: processors },
  { line: 'broker-cpu', what: 'the broker', needs: processors },
  { line: 'project-cpu', what: 'the projector, some thousands of events a transaction', needs: processors },
  { line: 'postgres-cpu', what: 'PostgreSQL for it', needs: processors },
];

/** The table of what is needed; rows of lines that were not measured are left out. */
export function needsTable(lines: readonly JsonLine[]): string {
  const rows = needs.flatMap(({ line: id, what, needs: needed }) => {
    const line = lines.find((one) => one.id === id);
    if (line === undefined) return [];
    return [[what, `${numberText(line.ours)} ${line.unit}`, needed(line.ours), `\`${id}\``]];
  });
  const head = ['what', 'measured', `${events.toLocaleString('en-GB')} events need`, 'line'];
  return markdownTable([head, ...rows]).join('\n');
}

/** A page with that table in its place. @throws NoPlaceForResultsError */
export function withNeeds(page: string, lines: readonly JsonLine[]): string {
  return withPart(page, 'needs', needsTable(lines));
}
