import type { ReadStore } from '@ledger/read-store';
import { LineIndex } from '../lines/line-index';
import { gone, unpackLines } from '../lines/posting-codec';
import { ofBodies, type RollUp } from './roll-up';

/** How many lines each body or person of a roll-up has. */
export type SubjectCounts = Map<number, number>;

/**
 * Counts anew, from the lines of one partition that are in the store, how many lines each subject of a roll-up has.
 * So counts need no table of their own: they are kept in memory while they are used, and counted when they are not.
 */
export async function countSubjects(
  store: ReadStore,
  index: LineIndex,
  rollUp: RollUp,
  partition: number,
): Promise<SubjectCounts> {
  await index.refresh();
  const counts: SubjectCounts = new Map();
  const bodies = ofBodies(rollUp.family);
  for (const { number, sheet } of index.sheetsOf(rollUp.kind)) {
    if (sheet.year !== rollUp.year || sheet.event !== rollUp.event) continue;
    if (sheet.illustrative !== rollUp.illustrative) continue;
    if (rollUp.family === 'offer-bodies' && sheet.offer !== rollUp.offer) continue;
    for (const segment of await store.segments(number, Number.MAX_SAFE_INTEGER)) {
      if (segment.partition !== partition) continue;
      unpackLines(segment.bytes, segment.first, Number.MAX_SAFE_INTEGER, (_position, _thing, member, flags) => {
        const manner = index.mannerOf(member);
        if (manner.role !== rollUp.role) return;
        if (rollUp.family === 'party-persons' && manner.party !== rollUp.party) return;
        const subject = bodies ? index.bodyOf(member) : index.personOf(member);
        if (subject === 0) return;
        const count = (counts.get(subject) ?? 0) + (flags & gone ? -1 : 1);
        if (count === 0) counts.delete(subject);
        else counts.set(subject, count);
      });
    }
  }
  return counts;
}
