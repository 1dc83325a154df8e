import type { LedgerEvent } from '@ledger/events';
import { isImportType } from './import-types';
import type { Mapping } from './mapping';

/** A fact about an import or a mapping, as the read models keep it. */
export interface ImportFact {
  readonly position: bigint;
  /** The id in the stream's name. */
  readonly id: string;
  readonly recordedAt: string;
  readonly event: LedgerEvent;
}

/** An import, as it is listed. */
export interface KnownImport {
  readonly id: string;
  readonly label: string;
  readonly recordedAt: string;
  readonly position: string;
  readonly rows: number;
  /** How many events it recorded; null where it did not come to its end. */
  readonly events: number | null;
  readonly mapping: string | null;
  /** Incomplete: being recorded or taken back in several appends, or broken off at that; figures say so. */
  readonly state: 'standing' | 'reversed' | 'incomplete';
  /** Where in the log it was reversed, or null. */
  readonly reversedAt: string | null;
}

/** The imports there are, the latest first. */
export function knownImports(facts: readonly ImportFact[]): readonly KnownImport[] {
  const known = new Map<string, KnownImport>();
  for (const { id, event, recordedAt, position } of facts) {
    const before = known.get(id);
    if (event.type === 'ImportAccepted') {
      const { label, rows, mapping = null } = event.data;
      known.set(id, {
        id,
        label,
        recordedAt,
        position: String(position),
        rows,
        events: null,
        mapping,
        state: 'incomplete',
        reversedAt: null,
      });
    } else if (event.type === 'ImportCompleted' && before !== undefined)
      known.set(id, { ...before, events: event.data.events, state: 'standing' });
    else if (event.type === 'ImportReversalAccepted' && before !== undefined)
      known.set(id, { ...before, state: 'incomplete' });
    else if (event.type === 'ImportReversed' && before !== undefined)
      known.set(id, { ...before, state: 'reversed', reversedAt: String(position) });
  }
  return [...known.values()].reverse();
}

/** The ids of the imports that are neither whole nor taken back. */
export function unfinishedImports(facts: readonly ImportFact[]): readonly string[] {
  return knownImports(facts).flatMap(({ id, state }) => (state === 'incomplete' ? [id] : []));
}

/** The saved mappings by name, each as it was saved last. */
export function savedMappings(facts: readonly ImportFact[]): ReadonlyMap<string, Mapping> {
  const saved = new Map<string, Mapping>();
  for (const { id, event } of facts) {
    if (event.type !== 'MappingSaved') continue;
    const { type } = event.data;
    if (isImportType(type)) saved.set(id, { ...event.data, type, name: id });
  }
  return saved;
}
