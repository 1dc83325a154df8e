import { HierarchyLevel, type LedgerEvent } from '@ledger/events';
import { levelled, type Levelled } from '../things/hierarchy';
import type { Thing } from '../things/thing';
import type { ContentRule } from './content-rule';
import type { Fault } from './refusal';

/*
 * A hierarchy of activities counts at one level, which its offer declares (A12). A part is of a lower level than its whole and
 * of the same offer, and neither ever changes: so a whole and its part never both count, whatever else is corrected.
 */

/** From the whole to its parts. */
const levels = HierarchyLevel.options;

type Found = ReturnType<ContentRule['check']>;

const none: Found = [];

/** A rule about activities that may stand in a hierarchy, given the level that their offer counts. */
function aboutLevels(
  id: string,
  check: (data: Levelled, counted: HierarchyLevel | null) => Found,
): ContentRule {
  return {
    id,
    level: 'error',
    check: (event, { offers }) => {
      const data = levelled(event);
      const offer = data && offers.offer(data.offer);
      return data === undefined || offer === undefined ? none : check(data, offer.countedLevel);
    },
  };
}

export const hierarchyRules: readonly ContentRule[] = [
  aboutLevels('level-given', ({ level, partOf }, counted) => {
    if (level !== undefined) return none;
    if (counted !== null)
      return [
        {
          path: 'level',
          message: `this offer is counted by the ${counted}; say of which level this is: ${levels.join(', ')}`,
        },
      ];
    return partOf === undefined
      ? none
      : [{ path: 'partOf', message: 'a part says of which level it is; give the level, or leave this out' }];
  }),
  aboutLevels('level-declared', ({ level, countedLevel }, counted) => {
    if (level === undefined && countedLevel === undefined) return none;
    if (counted === null)
      return [
        {
          path: level === undefined ? 'countedLevel' : 'level',
          message:
            'this offer has no levels; leave it out, or use an offer that is declared with a counted level',
        },
      ];
    return countedLevel === counted
      ? none
      : [
          {
            path: 'countedLevel',
            message: `this offer is counted by the ${counted}; leave it out, or give ${counted}`,
          },
        ];
  }),
];

/** What is wrong with a content event as a part of a whole; paths are those of a record. */
export function partFaults(event: LedgerEvent, whole: Thing): readonly Fault[] {
  const fault = (message: string): readonly Fault[] => [
    { code: 'part-of-whole', path: 'data.partOf', message },
  ];
  const part = levelled(event);
  if (part?.level === undefined) return [];
  const of = whole.contents.findLast(({ withdrawn }) => !withdrawn)?.event;
  if (of === undefined || whole.withdrawn || whole.mergedInto !== null)
    return fault(
      'there is no such activity, or it is withdrawn or merged away; record the whole before its parts',
    );
  const above = levelled(of);
  if (above?.level === undefined)
    return fault('the activity that it names is of no level; name one of its own offer');
  if (above.offer !== part.offer)
    return fault('the activity that it names is of another offer; a part is of the offer of its whole');
  if (levels.indexOf(above.level) < levels.indexOf(part.level)) return [];
  return fault(
    `the activity that it names is a ${above.level}, of which a ${part.level} is no part; name one of a higher level`,
  );
}

/** What a correction may not change: the level of a record and its offer, since parts of it may be recorded. */
export function levelFaults(before: LedgerEvent, after: LedgerEvent): readonly Fault[] {
  const [was, is] = [levelled(before), levelled(after)];
  if (was?.level === undefined || (was.level === is?.level && was.offer === is.offer)) return [];
  return [
    {
      code: 'level-never-changes',
      path: was.level === is?.level ? 'data.offer' : 'data.level',
      message: `a ${was.level} keeps its level and its offer, as parts of it may be recorded; withdraw it and record it anew`,
    },
  ];
}
