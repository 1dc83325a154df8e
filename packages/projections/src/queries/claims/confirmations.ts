import { financialYearLabel } from '@ledger/calendar';
import { claimOf, nextConfirmation } from '@ledger/domain';
import type { AskedAt } from '../answered';
import type { Asking } from '../asking';
import type { Viewer } from '../viewer';
import { claimAt, claimsByState } from './claims';
import type { ConfirmationDue, ConfirmationsAnswer } from './claim-answers';
import { claimSummary } from './claim-summary';

/** The recurring gains that need a confirmation, those due first; `today` is the London date they are looked at on. */
export async function confirmations(
  asking: Asking,
  { viewer, today, at }: { readonly viewer: Viewer; readonly today: string; readonly at?: AskedAt },
): Promise<ConfirmationsAnswer> {
  const ground = await asking.ground(at);
  const made = await claimsByState(asking, ground, viewer, ({ realisation }) =>
    ['delivered', 'sustained'].includes(realisation ?? ''),
  );
  const found: ConfirmationDue[] = [];
  for (const set of made.values())
    for (const ordinal of set.below(Infinity, set.size)) {
      const thing = await claimAt(asking, ground, ordinal);
      const claim = claimOf(thing);
      const next = claim && nextConfirmation(claim);
      if (next === undefined) continue;
      const { year, due, persisted } = next;
      found.push({
        claim: claimSummary(ground, thing),
        year: financialYearLabel(year),
        due,
        overdue: today > due,
        persisted,
      });
    }
  found.sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
  return {
    ...ground.answered,
    illustrative: found.some(({ claim }) => claim.illustrative),
    confirmations: found,
  };
}
