import { daysBetween } from '@ledger/calendar';
import { foldText } from '../../documents/fold-text';
import type { AskedAt, DuplicatePair, DuplicateQuestion, Duplicates, RecordSummary } from '../answers';
import type { Asking } from '../asking';
import type { Viewer } from '../viewer';
import { titlesAlike, usualAlikeness } from './alike-titles';
import { records } from './records';

const pageLength = 500;
/** More pairs than this are counted and not listed. */
const mostListed = 500;

/**
 * What two records of an offer must share to be compared at all: a body and, in a hierarchy, the level, as a part may be
 * called like its whole; for one person's part the person and the course.
 */
function bucketsOf({ type, level, bodies, person, title }: RecordSummary): string[] {
  if (person !== null) return [`person/${person}/${foldText(title)}`];
  return [...new Set(bodies.map(({ id }) => `body/${type}/${level}/${id}`))];
}

/** Lists pairs of standing activities that may be one thing recorded twice (A13). */
export async function duplicates(asking: Asking, settings: DuplicateQuestion): Promise<Duplicates> {
  const { viewer, days = usualAlikeness.days, overlapPercent = usualAlikeness.overlapPercent } = settings;
  const ground = await asking.ground(settings.at);
  const pairs = new Map<string, DuplicatePair>();
  for (const offer of ground.catalogue.offers.keys()) {
    const buckets = new Map<string, RecordSummary[]>();
    for await (const record of standingOf(asking, { viewer, offer, at: { position: ground.position } }))
      for (const bucket of bucketsOf(record)) {
        const inBucket = buckets.get(bucket);
        if (inBucket === undefined) buckets.set(bucket, [record]);
        else inBucket.push(record);
      }
    for (const inBucket of buckets.values()) {
      inBucket.sort((a, b) => (a.from < b.from ? -1 : 1));
      for (const [at, one] of inBucket.entries())
        for (const other of inBucket.slice(at + 1)) {
          const apart = daysBetween(one.from, other.from);
          if (one.person === null && apart > days) break;
          if (one.person === null && !titlesAlike(one.title, other.title, overlapPercent)) continue;
          const key = [one.id, other.id].sort().join(' ');
          if (!pairs.has(key))
            pairs.set(key, {
              one,
              other,
              daysApart: apart,
              why: one.person === null ? 'same body, offer and title' : 'same person on the same course',
            });
        }
    }
  }
  return {
    ...ground.answered,
    illustrative: [...pairs.values()].some(({ one, other }) => one.illustrative || other.illustrative),
    days,
    overlapPercent,
    total: pairs.size,
    pairs: [...pairs.values()].slice(0, mostListed),
  };
}

async function* standingOf(
  asking: Asking,
  question: { readonly viewer: Viewer; readonly offer: string; readonly at: AskedAt },
): AsyncIterable<RecordSummary> {
  for (let cursor: string | undefined; ;) {
    const page = await records(asking, {
      ...question,
      kind: 'activity',
      limit: pageLength,
      ...(cursor !== undefined && { cursor }),
    });
    for (const record of page.records) if (record.state === 'standing') yield record;
    if (page.next === null) return;
    cursor = page.next;
  }
}
