import type { LogShare, RecordedBody, SqliteLogReader } from '@ledger/event-log';
import type { EventFold } from '@ledger/projections';

/** Folds the events of a share of the streams after a position, up to another. */
export async function foldShare(
  log: SqliteLogReader,
  fold: EventFold,
  share: LogShare,
  { after, upTo }: { readonly after: number; readonly upTo: number },
): Promise<void> {
  for (const recorded of bodiesOf(log, after, upTo, share)) {
    const pending = 'body' in recorded ? fold.addBody(recorded) : fold.addNow(recorded);
    if (pending !== undefined) await pending;
  }
}

/** Read all at once; or one by one where one of them is damaged, so that only that one is parked. */
function bodiesOf(
  log: SqliteLogReader,
  after: number,
  upTo: number,
  share: LogShare,
): readonly (RecordedBody | ReturnType<SqliteLogReader['readShare']>[number])[] {
  try {
    return log.readBodies(after, upTo, share);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return log.readShare(after, upTo, share);
  }
}
