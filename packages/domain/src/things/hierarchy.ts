import type { EventData, HierarchyLevel, LedgerEvent } from '@ledger/events';

/** What an activity says that may stand in a hierarchy. */
export type Levelled = EventData<'SupportProvided'> | EventData<'EventHeld'> | EventData<'GrantAwarded'>;

/** What an event says, where it is of a type that may stand in a hierarchy. */
export function levelled(event: LedgerEvent): Levelled | undefined {
  switch (event.type) {
    case 'SupportProvided':
    case 'EventHeld':
    case 'GrantAwarded':
      return event.data;
    default:
      return undefined;
  }
}

/** The level of an activity in a hierarchy; null of everything else. */
export function levelOf(event: LedgerEvent): HierarchyLevel | null {
  return levelled(event)?.level ?? null;
}

/** The id of the activity that an event says it is a part of. */
export function wholeOf(event: LedgerEvent): string | undefined {
  return levelled(event)?.partOf;
}

/**
 * Whether an activity has lines: those of the level that its offer declares to be counted, and those in no hierarchy. A whole
 * and its part are of different levels, so never both (A12).
 */
export function isCounted({ level, countedLevel }: Pick<Levelled, 'level' | 'countedLevel'>): boolean {
  return level === countedLevel;
}

/** Whether two activities stand in one level of one offer's hierarchy, or both in none: what is merged must. */
export function isOfOneLevel(one: LedgerEvent, other: LedgerEvent): boolean {
  const [a, b] = [levelled(one), levelled(other)];
  if (a?.level === undefined && b?.level === undefined) return true;
  return a?.level === b?.level && a?.offer === b?.offer;
}
