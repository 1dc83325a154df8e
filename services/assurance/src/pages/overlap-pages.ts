import { parseFinancialYear } from '@ledger/calendar';
import type { Fields, Page } from '@ledger/http';
import { commandOfForm, readPounds } from '@ledger/recording';
import { resolveOverlap } from '../application/claim-pairs';
import type { AssuranceParts } from '../parts';
import { toldClaim } from '../routes/told-claim';
import { claimFormPages } from './claim-forms';
import { errorsByField } from './parts';
import { mustBeReadable, type TypedField } from './typed-faults';

/** What is typed of a gain that is shared. */
const split: readonly TypedField[] = [
  { name: 'year', kind: 'year' },
  { name: 'pounds', kind: 'pounds' },
];

function requestOf(id: string, form: Fields): Readonly<Record<string, unknown>> {
  const { other, as, counts, year, pounds, note } = form;
  const sharing =
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
    ...sharing,
    ...(note !== undefined && { note }),
  };
}

/** Deciding whether two claims count one gain. */
export function overlapPages(parts: () => AssuranceParts): readonly Page[] {
  return claimFormPages(parts, {
    path: '/claims/{id}/resolve-overlap',
    permission: 'claims:audit',
    view: 'claim-overlap',
    fields: () => ['as', 'counts', 'year', 'pounds', 'note'],
    shown: async ({ call, values, errors }) => {
      const other = call.form['other'] ?? call.query['other'] ?? '';
      return {
        second: await toldClaim(parts(), call.actor, other),
        values: { ...values, other },
        wrong: errorsByField(errors),
      };
    },
    send: async ({ actor, form }, id) => {
      if (form['as'] === 'shared') mustBeReadable(split, form);
      const command = { ...commandOfForm(actor, form, requestOf(id, form)), asAuditor: true };
      return resolveOverlap(parts(), { id, ifMatch: form['revision'] }, command);
    },
  });
}
