import { seesEverything, type LedgerQueries, type RecordSummary } from '@ledger/projections';

const pageLength = 500;

/** Lists the standing activities of an offer, at a body if one is named: for comparing, whoever may read them. */
export async function* standingActivities(
  queries: LedgerQueries,
  of: { readonly offer: string; readonly body?: string },
): AsyncGenerator<RecordSummary> {
  for (let cursor: string | undefined; ;) {
    const page = await queries.records({
      ...of,
      kind: 'activity',
      viewer: seesEverything,
      limit: pageLength,
      ...(cursor !== undefined && { cursor }),
    });
    for (const record of page.records) if (record.state === 'standing') yield record;
    if (page.next === null) return;
    cursor = page.next;
  }
}
