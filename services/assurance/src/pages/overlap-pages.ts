import { parseFinancialYear } from '@ledger/calendar';
import type { Fields, Page } from '@ledger/http';
import { commandOfForm, readPounds } from '@ledger/recording';
import { resolveOverlap } from '../application/claim-pairs';
import type { AssuranceParts } from '../parts';
import { toldClaim } from '../routes/told-claim';
import { claimFormPages } from './claim-forms';

function requestOf(id: string, form: Fields): Readonly<Record<string, unknown>> {
  const { other, as, counts, year, pounds, note } = form;
  const split =
    as === 'shared' && pounds !== undefined
      ? {
          elsewhere: [
            {
              claim: form['of'] === 'other' ? other : id,
              year: parseFinancialYear(year ?? '') ?? year,
              pence: readPounds(pounds) ?? pounds,
            },
          ],
        }
      : {};
  return {
    other,
    as,
    ...(as === 'same' && counts !== undefined && { counts: counts === 'other' ? other : id }),
    ...split,
    ...(note !== undefined && { note }),
  };
}

/** Deciding whether two claims count one gain. */
export function overlapPages(parts: () => AssuranceParts): readonly Page[] {
  return claimFormPages(parts, {
    path: '/claims/{id}/resolve-overlap',
    permission: 'claims:audit',
    view: 'claim-overlap',
    fields: () => ['as', 'counts', 'note'],
    shown: async ({ call, values }) => {
      const other = call.form['other'] ?? call.query['other'] ?? '';
      return { second: await toldClaim(parts(), call.actor, other), values: { ...values, other } };
    },
    send: async ({ actor, form }, id) => {
      const command = { ...commandOfForm(actor, form, requestOf(id, form)), asAuditor: true };
      return resolveOverlap(parts(), { id, ifMatch: form['revision'] }, command);
    },
  });
}
