import { parseStream, type LedgerEvent } from '@ledger/events';
import { isThingKind } from '@ledger/domain';
import type { EventLog } from '@ledger/event-log';
import { importState, readImported } from '../application/imported-events';
import { readThing } from '../application/read-thing';
import type { Recording } from '../application/recording';
import { knownImports } from './known-imports';

/** A record that earlier files of this kind had a row of, and this one has not. Nothing is taken away by that. */
export interface GoneRow {
  readonly record: { readonly kind: string; readonly id: string };
  readonly title: string;
  /** The last import that wrote to it, and the row there; rows count on through the sheets of a file. */
  readonly import: string;
  readonly row: number;
}

function titleOf(event: LedgerEvent | undefined): string {
  if (event === undefined) return '';
  const { data } = event;
  if ('title' in data) return data.title ?? '';
  return 'course' in data ? data.course : '';
}

/** A record of an earlier file that still stands. */
async function standing(
  log: EventLog,
  { kind, id }: { readonly kind: string; readonly id: string },
): Promise<Pick<GoneRow, 'record' | 'title'> | undefined> {
  if (!isThingKind(kind)) return undefined;
  const thing = await readThing(log, kind, id);
  if (thing.withdrawn || thing.mergedInto !== null) return undefined;
  return { record: { kind, id }, title: titleOf(thing.contents.at(-1)?.event) };
}

/**
 * Finds the records of earlier files that are not in this one. Earlier files are the standing imports by the same
 * mapping that wrote to any record of this file: a file that shares nothing with them is another file, not a later one.
 * @param sources the imports that wrote to the records of this file
 * @param held the ids of the records of this file
 */
export async function findGone(
  recording: Recording,
  mapping: string,
  sources: ReadonlySet<string>,
  held: ReadonlySet<string>,
): Promise<readonly GoneRow[]> {
  if (sources.size === 0) return [];
  const { log, imports } = recording.parts;
  const gone = new Map<string, GoneRow>();
  for (const known of knownImports(await imports())) {
    if (known.mapping !== mapping || known.state !== 'standing' || !sources.has(known.id)) continue;
    const state = await importState(log, known.id);
    // Read one by one: all but a few of them are of this file, too.
    for await (const { stream, row } of readImported(log, known.id, state)) {
      const parsed = parseStream(stream);
      if (parsed === undefined || held.has(parsed.id)) continue;
      if (gone.has(stream)) continue;
      const one = await standing(log, parsed);
      if (one !== undefined) gone.set(stream, { ...one, import: known.id, row });
    }
  }
  return [...gone.values()];
}
