import { personsNamed } from '@ledger/domain';
import type { LedgerEvent } from '@ledger/events';

/** The ids of the people that contents name: a note on such a record is about them, and goes with them (E2). */
export function personsIn(contents: readonly LedgerEvent[]): readonly string[] {
  return [...new Set(contents.flatMap(({ data }) => personsNamed(data)))];
}
