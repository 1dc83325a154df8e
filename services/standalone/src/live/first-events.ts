import { shippedRegister } from '@ledger/councils';
import { catalogueEntries } from '@ledger/demonstration';
import { derivedId, eventDefinitions, streamOf } from '@ledger/events';
import type { EventLog, NewEvent, StreamWrite } from '@ledger/event-log';
import type { Vault } from '@ledger/vault';

async function appendOnce(
  { log, vault, actor }: FirstEventsParts,
  name: string,
  writes: readonly StreamWrite[],
): Promise<void> {
  const id = derivedId('command', 'init', name);
  const key = vault.keyed(`init/${name}`);
  const command = { actor, scope: 'init', key, hash: key };
  await log.append({ writes, command, correlationId: id, causationId: id });
}

/** Events by stream, in the order in which they come; every stream is new. */
function newStreams(events: readonly (NewEvent & { readonly stream: string })[]): StreamWrite[] {
  const byStream = new Map<string, NewEvent[]>();
  for (const { stream, ...event } of events) byStream.set(stream, [...(byStream.get(stream) ?? []), event]);
  return [...byStream].map(([stream, ofStream]) => ({ stream, expected: 'no-stream', events: ofStream }));
}

export interface FirstEventsParts {
  readonly log: EventLog;
  readonly vault: Vault;
  /** The first user. */
  readonly actor: string;
  readonly ledger: string;
}

/** Opens a live ledger: what it is, then the register of councils as one import, then the catalogue and measures. */
export async function recordFirstEvents(parts: FirstEventsParts): Promise<void> {
  const { ledger } = parts;
  const opened = { ledger, purpose: 'live', clock: 'real' } as const;
  await appendOnce(parts, 'opened', [
    {
      stream: 'ledger',
      expected: 'no-stream',
      events: [
        { id: derivedId('event', ledger, 'opened'), type: 'LedgerOpened', schemaVersion: 1, data: opened },
      ],
    },
  ]);

  const register = shippedRegister();
  const importId = derivedId('import', ledger, 'register');
  const label = 'Register of councils, as shipped';
  const contentHash = parts.vault.keyed(JSON.stringify(register.map(({ eventId }) => eventId)));
  await appendOnce(parts, 'register', [
    {
      stream: streamOf('import', importId),
      expected: 'no-stream',
      events: [
        {
          id: derivedId('event', importId, 'accepted'),
          type: 'ImportAccepted',
          schemaVersion: eventDefinitions.ImportAccepted.version,
          data: { label, rows: register.length, contentHash },
        },
        {
          id: derivedId('event', importId, 'completed'),
          type: 'ImportCompleted',
          schemaVersion: eventDefinitions.ImportCompleted.version,
          data: { events: register.length },
        },
      ],
    },
    ...newStreams(
      register.map(({ stream, eventId, type, data }, at) => ({
        stream,
        id: eventId,
        type,
        schemaVersion: eventDefinitions[type].version,
        data,
        import: { id: importId, row: at + 1 },
      })),
    ),
  ]);

  await appendOnce(
    parts,
    'catalogue',
    newStreams(
      catalogueEntries().map(({ stream, event }) => ({
        stream,
        id: derivedId('event', ledger, stream),
        type: event.type,
        schemaVersion: eventDefinitions[event.type].version,
        data: event.data,
      })),
    ),
  );
}
