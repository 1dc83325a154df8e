import type { EventLog } from '@ledger/event-log';
import { formatProof, recordFormat, textOf, utf8, type RecordHeader } from '@ledger/seal';
import { CannotSealError } from '../errors';
import type { Notary } from '../notary';

/** A record that is not there to be handed over. */
export class UnknownStreamError extends Error {
  readonly code = 'UNKNOWN_STREAM';
  constructor(stream: string) {
    super(`There is no record ${stream} in the log.`);
    this.name = 'UnknownStreamError';
  }
}

/**
 * One record as a bundle of its own: every event of it with the proof that it is in the sealed log. It holds nothing of
 * any other event: the hashes of a proof do not say what they are of. What is not sealed yet is sealed first.
 * @throws UnknownStreamError, CannotSealError
 */
export async function exportRecord(
  log: Pick<EventLog, 'readStream'>,
  notary: Notary,
  stream: string,
): Promise<Uint8Array> {
  const events: { readonly index: number; readonly body: string }[] = [];
  for await (const { position, bytes } of log.readStream(stream)) {
    const body = textOf(bytes);
    if (body === undefined)
      throw new CannotSealError(`The event at position ${position} is damaged; see ledger check.`);
    events.push({ index: Number(position) - 1, body });
  }
  const last = events.at(-1);
  if (last === undefined) throw new UnknownStreamError(stream);
  const kept = notary.evidence.store.last();
  const checkpoint = kept !== undefined && kept.size > last.index ? kept : await notary.seal();
  const { evidence, origin } = notary;
  const header: RecordHeader = {
    bundle: recordFormat,
    origin,
    keys: evidence.store.keys(),
    stream,
    events: events.length,
  };
  const lines = events.map(({ index, body }) => {
    const path = evidence.prover.inclusion(index, checkpoint.size);
    return { body, proof: formatProof({ index, path, checkpoint: checkpoint.note }) };
  });
  return utf8([header, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
}
