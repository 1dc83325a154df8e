import type { AuditFile } from '@ledger/access';
import { UnknownPersonError, type Person, type PersonMatch, type Vault } from '@ledger/vault';

/** What reading people needs: the vault, and the audit file that every read goes into (E2). */
export interface ReadingParts {
  readonly vault: Vault;
  readonly audit: AuditFile;
}

/** A person as routes and pages show one; of somebody who was erased, that alone. */
export type ShownPerson =
  (Person & { readonly erased: false }) | { readonly id: string; readonly erased: true };

/** Whom a name may mean, audited as a search. */
export async function findPeople(
  { vault, audit }: ReadingParts,
  by: string,
  name: string,
): Promise<readonly PersonMatch[]> {
  const matches = await vault.people.find(name);
  audit.add({ actor: by, what: 'people-searched', about: matches.map(({ person }) => person.id) });
  return matches;
}

/** A person, audited as read. @throws UnknownPersonError */
export async function readPerson(
  { vault, audit }: ReadingParts,
  by: string,
  id: string,
): Promise<ShownPerson> {
  const found = await vault.people.read(id);
  if (found === undefined) throw new UnknownPersonError(id);
  audit.add({ actor: by, what: 'person-read', about: [id] });
  return found === 'erased' ? { id, erased: true } : { ...found, erased: false };
}
