import { derivedId, eventDefinitions, newId, type EventData, type EventType } from '@ledger/events';
import type { EventLog } from './port';

/** What happens to a ledger itself, and in whose name it is recorded. */
export interface LedgerHappening<T extends EventType> {
  readonly type: T;
  readonly data: EventData<T>;
  readonly actor: string;
  readonly scope: string;
  /** The ledger's keyed hash of a text. */
  readonly keyed: (text: string) => string;
}

/** Records in the ledger's own stream what nobody sends as a command, each time anew. @throws EventLogError */
export async function recordOfLedger<T extends EventType>(
  log: Pick<EventLog, 'append'>,
  { type, data, actor, scope, keyed }: LedgerHappening<T>,
): Promise<void> {
  const id = derivedId('command', scope, newId());
  const key = keyed(`${scope}/${id}`);
  const { version: schemaVersion } = eventDefinitions[type];
  await log.append({
    writes: [
      {
        stream: 'ledger',
        expected: 'stream-exists',
        events: [{ id: derivedId('event', id), type, schemaVersion, data }],
      },
    ],
    command: { actor, scope, key, hash: key },
    correlationId: id,
    causationId: id,
  });
}
