import type { ReadStore } from '@ledger/read-store';
import type { LineIndex } from '../lines/line-index';
import { gone, unpackLines } from '../lines/posting-codec';
import type { Manner } from '../lines/sheet';
import { isIn, ofBodies, supportKinds, type RollUp } from './roll-up';

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
  const counts: SubjectCounts = new Map();
  const bodies = ofBodies(rollUp.family);
  const kinds = rollUp.family === 'offer-bodies' ? supportKinds : [rollUp.kind];
  for (const kind of kinds)
    for (const { number, sheet } of index.sheetsOf(kind)) {
      if (sheet.year !== rollUp.year || sheet.illustrative !== rollUp.illustrative) continue;
      if (rollUp.event !== null && sheet.event !== rollUp.event) continue;
      if (rollUp.family === 'offer-bodies' && sheet.offer !== rollUp.offer) continue;
      // Few manners, many lines: each manner is judged once.
      const judged = new Map<Manner, boolean>();
      const counted = (member: number): boolean => {
        const manner = index.mannerOf(member);
        let fits = judged.get(manner);
        if (fits === undefined) {
          fits = isIn(rollUp, sheet, manner.role, manner.party);
          judged.set(manner, fits);
        }
        return fits;
      };
      for (const segment of await store.segments([number], Number.MAX_SAFE_INTEGER)) {
        if (segment.partition !== partition) continue;
        unpackLines(segment.bytes, segment.first, Infinity, (_position, _thing, member, flags) => {
          const subject = bodies ? index.bodyOf(member) : index.personOf(member);
          if (subject === 0 || !counted(member)) return;
          const count = (counts.get(subject) ?? 0) + (flags & gone ? -1 : 1);
          if (count === 0) counts.delete(subject);
          else counts.set(subject, count);
        });
      }
    }
  return counts;
}
