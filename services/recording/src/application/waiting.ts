import { decodeStoredBody, readEvent, streamOf } from '@ledger/events';
import type { Recording } from './recording';

/**
 * The streams that something withheld waits for, each with the adjustment that holds it: what is proposed, and neither
 * approved nor declined. Of an adjustment that may be of a hundred thousand records no more than their names is held.
 * @param except an adjustment that does not matter here
 */
export async function waitingStreams(
  { parts: { log, undecided } }: Pick<Recording, 'parts'>,
  except?: string,
): Promise<ReadonlyMap<string, string>> {
  const waiting = new Map<string, string>();
  for (const id of await undecided()) {
    if (id === except) continue;
    for await (const { bytes, position } of log.readStream(streamOf('adjustment', id))) {
      const event = readEvent(decodeStoredBody(bytes), position);
      if (event.type !== 'AdjustmentProposed') continue;
      for (const { stream } of event.data.writes) waiting.set(stream, id);
    }
  }
  return waiting;
}
