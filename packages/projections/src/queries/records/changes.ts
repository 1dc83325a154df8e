import type { Thing } from '@ledger/domain';
import type { HistoryStep } from '../answers';

type Change = HistoryStep['changes'][number];

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Old → new for every field that differs, by its path. */
function fields(before: unknown, after: unknown, path: string): Change[] {
  if (isObject(before) && isObject(after)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return names.flatMap((name) => fields(before[name], after[name], path === '' ? name : `${path}.${name}`));
  }
  return before === after ? [] : [{ field: path, old: before ?? null, new: after ?? null }];
}

/** What a step changed in contents that were there before it: corrections and withdrawals (A6). */
export function changesBetween(before: Thing | undefined, after: Thing | undefined): readonly Change[] {
  if (before === undefined || after === undefined) return [];
  const changes: Change[] = [];
  for (const content of after.contents) {
    const earlier = before.contents.find(({ eventId }) => eventId === content.eventId);
    if (earlier === undefined) continue;
    changes.push(...fields(earlier.event.data, content.event.data, ''));
    if (earlier.withdrawn !== content.withdrawn)
      changes.push({
        field: `${content.event.type}.withdrawn`,
        old: earlier.withdrawn,
        new: content.withdrawn,
      });
  }
  if (before.withdrawn !== after.withdrawn)
    changes.push({ field: 'withdrawn', old: before.withdrawn, new: after.withdrawn });
  if (before.mergedInto !== after.mergedInto)
    changes.push({ field: 'mergedInto', old: before.mergedInto, new: after.mergedInto });
  return changes;
}
