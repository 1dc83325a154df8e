import type { LedgerEvent } from '@ledger/events';

/** The ids of the people that contents name: a note on such a record is about them, and goes with them (E2). */
export function personsIn(contents: readonly LedgerEvent[]): readonly string[] {
  const persons = contents.flatMap((content) => {
    if (content.type === 'PeerChallengeDelivered')
      return (content.data.team ?? []).map(({ person }) => person);
    return 'person' in content.data && content.data.person !== undefined ? [content.data.person] : [];
  });
  return [...new Set(persons)];
}
