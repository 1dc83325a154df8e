import { may } from '@ledger/access';
import { Id } from '@ledger/events';
import type { Page } from '@ledger/http';
import { stepTitle, typeTitle } from '@ledger/pages';
import { z } from 'zod';
import { oneAdjustment, toldAdjustments, type ToldAdjustment } from '../api/adjustment-routes';
import type { ReportingParts } from '../api/reporting-parts';
import { viewerOf } from '../api/viewer-of';
import { check } from './asked-page';
import { shownChange, type Names } from './shown-data';

async function shownRecords(adjustment: ToldAdjustment, names: Names): Promise<readonly unknown[]> {
  return Promise.all(
    adjustment.records.map(async ({ record, isNew, does, changes }) => ({
      record,
      isNew,
      heading: typeTitle(record.type),
      does: does.map(stepTitle),
      rows: await Promise.all(changes.map((change) => shownChange(change, names))),
    })),
  );
}

/** Adjustments to closed time: listed, and one with what it changes. */
export function adjustmentPages(parts: () => ReportingParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/adjustments',
      permission: 'records:read',
      show: async ({ actor, query }) => {
        const found = parts();
        if (query['after'] !== undefined) await found.whenApplied(query['after']);
        const answer = await found.queries.adjustments({ viewer: viewerOf(actor) });
        return {
          view: 'adjustments',
          context: { answer, adjustments: await toldAdjustments(found, actor, answer.adjustments) },
        };
      },
    },
    {
      method: 'get',
      path: '/adjustments/{id}',
      permission: 'records:read',
      show: async ({ actor, params, query }) => {
        const found = parts();
        if (query['after'] !== undefined) await found.whenApplied(query['after']);
        const { id } = check(z.object({ id: Id }), params);
        const adjustment = await oneAdjustment(found, actor, id);
        const offers = new Map((await found.queries.offers()).map((offer) => [offer.id, offer.label]));
        const names: Names = {
          offers,
          bodyName: (body) => found.queries.bodyName(body),
          personName: found.nameOf,
        };
        return {
          view: 'adjustment',
          context: {
            adjustment,
            records: await shownRecords(adjustment, names),
            mayDecide:
              may(actor, 'adjustments:decide') && ['incomplete', 'proposed'].includes(adjustment.state),
            own: actor.id === adjustment.proposedBy,
          },
        };
      },
    },
  ];
}
