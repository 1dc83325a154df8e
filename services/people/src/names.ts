import type { Vault } from '@ledger/vault';
import { demonstrationUsers } from './demonstration-users';
import { operatorId } from './identity/live-identity';

/** What people call a person or actor; where nobody knows a name, words that say so. */
export async function nameOfPerson(vault: Vault, id: string): Promise<string> {
  if (id === operatorId) return 'the operator';
  const person = await vault.people.read(id);
  if (person === 'erased') return '(erased)';
  if (person !== undefined) return person.name ?? '(name no longer kept)';
  return demonstrationUsers.find((user) => user.id === id)?.name ?? `person ${id.slice(0, 8)}`;
}
