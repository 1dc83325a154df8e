import { daysBetween, londonDateOf } from '@ledger/calendar';
import type { AskedAt } from '../answered';
import type { Asking } from '../asking';
import { foldEvents, readEvents } from '../log-streams';
import type { Viewer } from '../viewer';
import { ageingOf } from './ageing';
import type { OpenQueries, OpenQuery } from './claim-answers';
import { claimSummary } from './claim-summary';
import { claimsByState } from './claims';

/** The questions of finance that are open, those due first; `today` is the London date they are looked at on (B14). */
export async function openQueries(
  asking: Asking,
  { viewer, today, at }: { readonly viewer: Viewer; readonly today: string; readonly at?: AskedAt },
): Promise<OpenQueries> {
  const ground = await asking.ground(at);
  const queried = (await claimsByState(asking, ground, viewer)).get('queried');
  const found: OpenQuery[] = [];
  for (const ordinal of queried?.below(Infinity, queried.size) ?? []) {
    const [first] = await asking.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
    const events = first === undefined ? [] : await readEvents(asking.log, first.stream, ground.upTo);
    const thing = foldEvents(events);
    if (thing === undefined) continue;
    const claim = claimSummary(ground, thing);
    for (const { query, due, answered } of thing.claim?.queries ?? []) {
      if (answered) continue;
      const said = events.find(({ event }) => event.type === 'ClaimQueried' && event.data.query === query);
      const asked = londonDateOf(Date.parse(said?.body.recordedAt ?? today));
      found.push({
        claim,
        query,
        due,
        asked,
        daysOpen: Math.max(0, daysBetween(asked, today)),
        daysOverdue: Math.max(0, daysBetween(due, today)),
      });
    }
  }
  found.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  return {
    ...ground.answered,
    illustrative: found.some(({ claim }) => claim.illustrative),
    queries: found,
    overdue: found.filter(({ daysOverdue }) => daysOverdue > 0).length,
    ageing: ageingOf(found),
  };
}
