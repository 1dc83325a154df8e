import { randomUUID } from 'node:crypto';
import { parseFinancialYear } from '@ledger/calendar';
import { DecisionRefused } from '@ledger/domain';
import type { Fields, Page, PageAnswer, PageCall } from '@ledger/http';
import { commandOfForm, readPounds } from '@ledger/recording';
import { resolveOverlap } from '../application/claim-pairs';
import type { AssuranceParts } from '../parts';
import { toldClaim } from '../routes/told-claim';
import { afterwards, formErrors, type FormError } from './parts';

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
  const path = '/claims/{id}/resolve-overlap';
  const show = async (call: PageCall, errors: readonly FormError[]): Promise<PageAnswer> => {
    const other = call.form['other'] ?? call.query['other'] ?? '';
    const [told, second] = [
      await toldClaim(parts(), call.actor, call.params['id'] ?? ''),
      await toldClaim(parts(), call.actor, other),
    ];
    const values = { key: randomUUID(), other, revision: told.revision, ...call.form };
    return {
      view: 'claim-overlap',
      context: { told, second, errors, values },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  return [
    { method: 'get', path, permission: 'claims:audit', show: (call) => show(call, []) },
    {
      method: 'post',
      path,
      permission: 'claims:audit',
      show: async (call) => {
        const id = call.params['id'] ?? '';
        const command = {
          ...commandOfForm(call.actor, call.form, requestOf(id, call.form)),
          asAuditor: true,
        };
        try {
          const name = { id, ifMatch: call.form['revision'] };
          const { cursor } = await resolveOverlap(parts(), name, command);
          return { redirect: afterwards(`/claims/${id}`, cursor) };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          return show(call, formErrors(error.faults, new Set(['as', 'counts', 'note'])));
        }
      },
    },
  ];
}
