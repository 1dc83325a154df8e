import { dayBefore, firstDayOf, lastDayOf } from './dates';
import { blank, type Entry } from './entries';
import { textAt, textOrNull, wholeAt, wholeOrNull } from './json';
import type { StandingContent } from './things';

/** How many deliverables of a year stood how on a day. */
export interface RagCount {
  readonly total: number;
  readonly green: number;
  readonly amber: number;
  readonly red: number;
  readonly notRated: number;
}

interface Standing {
  readonly agreed: StandingContent;
  readonly year: number;
  /** Its ratings by their day. */
  readonly ratings: ReadonlyMap<string, StandingContent>;
}

/** The deliverables of which what was agreed stands: the first that does of a stream. */
function deliverablesOf(contents: readonly StandingContent[]): Standing[] {
  const found: Standing[] = [];
  for (const agreed of contents) {
    if (agreed.type !== 'DeliverableAgreed') continue;
    if (found.some((other) => other.agreed.stream === agreed.stream)) continue;
    const year = wholeAt(agreed.data, 'year');
    const ratings = new Map<string, StandingContent>();
    for (const rated of contents) {
      if (rated.type !== 'DeliverableRated' || rated.stream !== agreed.stream) continue;
      const day = textAt(rated.data, 'asAt');
      // A rating of a day outside the year says nothing; of two of one day the later one holds.
      if (day >= firstDayOf(year) && day <= lastDayOf(year)) ratings.set(day, rated);
    }
    found.push({ agreed, year, ratings });
  }
  return found;
}

/** What is counted of deliverables: they hold over their year, a rating until the day before the next. */
export function entriesOfDeliverables(contents: readonly StandingContent[]): Entry[] {
  const entries: Entry[] = [];
  for (const { agreed, year, ratings } of deliverablesOf(contents)) {
    const whole = blank(agreed, firstDayOf(year), lastDayOf(year));
    entries.push({ ...whole, kind: 'deliverable' });
    const target = wholeOrNull(agreed.data, 'targetCount');
    if (target !== null) entries.push({ ...whole, kind: 'target', quantity: target });
    for (const [day, rated] of ratings) {
      const later = [...ratings.keys()].filter((other) => other > day).sort();
      const until = later[0] === undefined ? lastDayOf(year) : dayBefore(later[0]);
      const entry = { ...blank(rated, day, until), offer: textOrNull(agreed.data, 'offer') };
      entries.push({ ...entry, kind: 'rating', subject: textAt(rated.data, 'rag') });
      const achieved = wholeOrNull(rated.data, 'achieved');
      if (achieved !== null) entries.push({ ...entry, kind: 'achieved', quantity: achieved });
    }
  }
  return entries;
}

/** The deliverables of a year by the last rating up to a day. */
export function countDeliverables(contents: readonly StandingContent[], year: number, day: string): RagCount {
  const count = { total: 0, green: 0, amber: 0, red: 0, notRated: 0 };
  for (const { year: own, ratings } of deliverablesOf(contents)) {
    if (own !== year) continue;
    count.total += 1;
    const last = [...ratings.keys()]
      .filter((rated) => rated <= day)
      .sort()
      .at(-1);
    const rag = last === undefined ? null : textOrNull(ratings.get(last)?.data ?? {}, 'rag');
    if (rag === 'green' || rag === 'amber' || rag === 'red') count[rag] += 1;
    else count.notRated += 1;
  }
  return count;
}
