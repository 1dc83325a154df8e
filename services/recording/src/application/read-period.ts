import { evolvePeriod, openYear, type PeriodOfYear } from '@ledger/domain';
import { decodeStoredBody, readEvent, streamOf } from '@ledger/events';
import type { EventLog, ExpectedState } from '@ledger/event-log';

export function periodStream(year: number): string {
  return streamOf('period', String(year));
}

/** The closings of a year as its stream says them now. */
export async function readPeriod(
  log: Pick<EventLog, 'readStream' | 'streamRevision'>,
  year: number,
): Promise<PeriodOfYear> {
  const stream = periodStream(year);
  let period = openYear(year);
  if ((await log.streamRevision(stream)) === undefined) return period;
  for await (const { position, bytes } of log.readStream(stream)) {
    const body = decodeStoredBody(bytes);
    period = evolvePeriod(period, { eventId: body.id, position, event: readEvent(body, position) });
  }
  return period;
}

/** The state that a period's stream must be in for what was decided on it to hold. */
export function expectedPeriod({ revision }: PeriodOfYear): ExpectedState {
  return revision < 0n ? 'no-stream' : revision;
}
