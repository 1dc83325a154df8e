import { MemoryEventLog, type EventLog } from '@ledger/event-log';
import { derivedId } from '@ledger/events';

async function append(log: EventLog, stream: string, id: string, type: string, data: unknown): Promise<void> {
  await log.append({
    writes: [{ stream, expected: 'any', events: [{ id, type, schemaVersion: 1, data }] }],
    command: { actor: id, scope: 'test', key: id, hash: id },
    correlationId: id,
    causationId: id,
  });
}

/** A log in memory that begins as a ledger's does. */
export async function openedLog(ledger: string): Promise<EventLog> {
  const log = new MemoryEventLog(() => Date.UTC(2016, 3, 1));
  const id = derivedId('ledger', ledger);
  await append(log, 'ledger', derivedId('event', ledger), 'LedgerOpened', {
    ledger: id,
    purpose: 'demonstration',
    clock: 'simulated',
  });
  return log;
}

/** Records some more events, in some streams by turns. */
export async function recordSome(log: EventLog, howMany: number, streams = 5): Promise<void> {
  const { position } = await log.head();
  for (let at = 0; at < howMany; at++) {
    const number = Number(position) + at;
    const stream = `theme-${number % streams}`;
    await append(log, stream, derivedId('event', stream, String(number)), 'ThemeDeclared', {
      label: 'A theme',
    });
  }
}
