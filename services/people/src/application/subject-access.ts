import type { AuditFile } from '@ledger/access';
import { decodeStoredBody, type StoredBody } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { UnknownPersonError, type Person, type Vault } from '@ledger/vault';

/** Everything held about a person, as it is given to him or her (E8). */
export interface SubjectAccess {
  readonly person: Person;
  readonly notes: readonly { readonly text: string; readonly written: string }[];
  /** The stored events that name the person, whole. */
  readonly events: readonly (StoredBody & { readonly position: string })[];
}

export interface SubjectAccessParts {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly audit: AuditFile;
}

/** Gathers everything held about a person, audited as an export. @throws UnknownPersonError, also for one who was erased */
export async function subjectAccess(
  { log, vault, audit }: SubjectAccessParts,
  by: string,
  id: string,
): Promise<SubjectAccess> {
  const person = await vault.people.read(id);
  if (person === undefined || person === 'erased') throw new UnknownPersonError(id);
  const events: (StoredBody & { position: string })[] = [];
  const wanted = Buffer.from(id);
  for await (const { bytes, position } of log.readAll())
    if (Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(wanted))
      events.push({ position: String(position), ...decodeStoredBody(bytes) });
  const notes = await vault.people.notesAbout(id);
  audit.add({ actor: by, what: 'person-exported', about: [id] });
  return { person, notes: notes.map(({ text, written }) => ({ text, written })), events };
}
