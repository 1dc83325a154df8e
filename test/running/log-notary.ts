import { decodeStoredBody, readEvent } from '@ledger/events';
import type { EventLog } from '@ledger/event-log';
import { ClockAfterSeals, Notary, type NotaryParts } from '@ledger/notary';
import { nodeCrypto } from '@ledger/seal';

/**
 * A notary of a log that begins as a ledger's does, with its seals in a folder. It follows nothing by itself.
 * @throws RangeError where the log begins otherwise
 */
export async function notaryOf(log: EventLog, folder: string): Promise<Notary> {
  const [first] = await log.readPage({ after: 0n, limit: 1 });
  if (first === undefined) throw new RangeError('The log is empty');
  const opened = readEvent(decodeStoredBody(first.bytes), 1n);
  if (opened.type !== 'LedgerOpened') throw new RangeError('The log begins with no opening');
  return notaryBeside(log, { folder, clock: new ClockAfterSeals(Date.now), ledger: opened.data.ledger });
}

/** A notary of a log, whatever it begins with, with the clock of who writes it. */
export async function notaryBeside(
  log: EventLog,
  { folder, clock, ledger }: Pick<NotaryParts, 'folder' | 'clock' | 'ledger'>,
): Promise<Notary> {
  return Notary.open({
    folder,
    log,
    clock,
    ledger,
    operator: ledger,
    keyed: (text) => Buffer.from(nodeCrypto.sha256(Buffer.from(text))).toString('hex'),
    settings: {},
  });
}
