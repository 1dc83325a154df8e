import { appendLine, type AccountStore, type AuditFile } from '@ledger/access';
import { canonicalJson, decodeStoredBody, derivedId, readEvent } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { HeldError, UnknownPersonError, type Vault } from '@ledger/vault';

export interface ErasureParts {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly accounts: AccountStore | undefined;
  readonly audit: AuditFile;
  /** A list of erased ids beside the ledger, to be kept outside its backups: a restored backup needs it. */
  readonly erasuresFile: string;
}

/**
 * Erases a person: first the event that says so, then the list, then the key with everything under it. Cut off in
 * between, the rest is done at the next start. Figures, records and seals do not change by a byte.
 * @throws UnknownPersonError, HeldError
 */
export async function erasePerson(parts: ErasureParts, by: string, id: string): Promise<void> {
  const person = await parts.vault.people.read(id);
  if (person === undefined) throw new UnknownPersonError(id);
  if (person !== 'erased' && person.hold !== null) throw new HeldError(id);
  const commandId = derivedId('command', 'erase', id);
  const data = { subject: id };
  await parts.log
    .append({
      writes: [
        {
          stream: 'ledger',
          expected: 'any',
          events: [{ id: derivedId('event', commandId), type: 'SubjectErased', schemaVersion: 1, data }],
        },
      ],
      // Whoever erases: a person is erased once.
      command: {
        actor: by,
        scope: 'erase',
        key: parts.vault.keyed(`erase/${id}`),
        hash: parts.vault.keyed(canonicalJson(data)),
      },
      correlationId: commandId,
      causationId: commandId,
    })
    .catch((error: unknown) => {
      // Erased by somebody else before: the event is there, and the rest is done below all the same.
      if (!(error instanceof Error && 'code' in error && error.code === 'DUPLICATE_EVENT')) throw error;
    });
  appendLine(parts.erasuresFile, JSON.stringify({ subject: id }), { synchronised: true });
  await parts.vault.people.erase(id);
  await parts.accounts?.remove(id);
  parts.audit.add({ actor: by, what: 'person-erased', about: [id] });
}

/**
 * Erases again whoever the log says was erased: after a crash half-way, or with a vault restored from a backup that is
 * older than the log (E4). To be done before anything is served.
 */
export async function reapplyErasures(
  parts: Pick<ErasureParts, 'log' | 'vault' | 'accounts'>,
  further: readonly string[] = [],
): Promise<number> {
  const erased = new Set(further);
  for await (const { bytes, position } of parts.log.readStream('ledger')) {
    const event = readEvent(decodeStoredBody(bytes), position);
    if (event.type === 'SubjectErased') erased.add(event.data.subject);
  }
  let again = 0;
  for (const id of erased) {
    if ((await parts.vault.people.read(id)) === 'erased') continue;
    // A hold that was put on in the older vault was lifted before the person was erased.
    await parts.vault.people.hold(id, null).catch(ignoreUnknown);
    await parts.vault.people.erase(id);
    await parts.accounts?.remove(id);
    again += 1;
  }
  return again;
}

function ignoreUnknown(error: unknown): void {
  if (!(error instanceof UnknownPersonError)) throw error;
}
