import type { EventLog } from '@ledger/event-log';

/** Imports and reversals that this process is recording in parts, by the log they are recorded in. */
const underWay = new WeakMap<EventLog, Set<string>>();

/** Whether this process is recording an import in parts, or taking it back. What broke off is not. */
export function isUnderWay(log: EventLog, id: string): boolean {
  return underWay.get(log)?.has(id) === true;
}

/** Does work on imports in parts; meanwhile they are under way, and nobody else may take them up. */
export async function whileUnderWay<T>(
  log: EventLog,
  ids: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const ofLog = underWay.get(log) ?? new Set();
  underWay.set(log, ofLog);
  for (const id of ids) ofLog.add(id);
  try {
    return await work();
  } finally {
    for (const id of ids) ofLog.delete(id);
  }
}
