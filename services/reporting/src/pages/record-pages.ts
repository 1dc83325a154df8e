import { randomUUID } from 'node:crypto';
import { may } from '@ledger/access';
import { thingKinds } from '@ledger/domain';
import { Id } from '@ledger/events';
import type { Page } from '@ledger/http';
import { stepTitle, typeTitle } from '@ledger/pages';
import { z } from 'zod';
import { asked, askedAt, Year, yearOf } from '../api/parameters';
import { unknownRecord, withNotes } from '../api/record-with-notes';
import type { ReportingParts } from '../api/reporting-parts';
import { viewerOf } from '../api/viewer-of';
import { address, check } from './asked-page';
import { actionsOn } from './record-actions';
import { shownChange, shownData } from './shown-data';
import { whatItChanged } from './what-it-changed';

const Kind = z.enum(thingKinds);
const Listed = z.object({
  kind: Kind.optional(),
  search: z.string().max(200).optional(),
  offer: z.string().max(80).optional(),
  body: z.string().max(80).optional(),
  year: Year.optional(),
  waiting: z.literal('yes').optional(),
  cursor: z.string().max(20).optional(),
});
const pageLength = 25;

/** Lists of records, and one record with its story. */
export function recordPages(parts: () => ReportingParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/records',
      permission: 'records:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const { kind, search, offer, body, year, waiting, cursor } = check(Listed, query);
        const page = await found.queries.records({
          viewer: viewerOf(actor),
          limit: pageLength,
          ...(kind !== undefined && { kind }),
          ...(search !== undefined && { search }),
          ...(offer !== undefined && { offer }),
          ...(body !== undefined && { body }),
          ...(cursor !== undefined && { cursor }),
          ...(year !== undefined && { year: yearOf(year) }),
          ...(waiting !== undefined && { waiting: true }),
        });
        return {
          view: 'records',
          context: {
            page,
            form: query,
            kinds: Kind.options,
            years: await found.queries.yearsWithRecords(),
            offers: await found.queries.offers(),
            next: page.next === null ? null : address('/records', query, { cursor: page.next }),
          },
        };
      },
    },
    {
      method: 'get',
      path: '/duplicates',
      permission: 'records:read',
      show: async ({ actor }) => ({
        view: 'duplicates',
        context: {
          answer: await parts().queries.duplicates({ viewer: viewerOf(actor) }),
          mayWrite: may(actor, 'records:write'),
        },
      }),
    },
    {
      method: 'get',
      path: '/records/{kind}/{id}',
      permission: 'records:read',
      show: async ({ params, query, actor }) => {
        const found = parts();
        const { kind, id } = check(z.object({ kind: Kind, id: Id }), params);
        const { after, asRecordedBy } = check(z.object(asked), query);
        const mayWrite = may(actor, 'records:write') && asRecordedBy === undefined;
        if (after !== undefined) await found.whenApplied(after);
        const at = askedAt(asRecordedBy, found.today());
        const answer = await found.queries.record(kind, id, viewerOf(actor), at);
        if (answer === undefined) throw unknownRecord(kind, id);
        const told = await withNotes(found, actor, answer);
        const offers = new Map((await found.queries.offers()).map((offer) => [offer.id, offer.label]));
        const shown = {
          offers,
          bodyName: (id: string) => found.queries.bodyName(id),
          personName: found.nameOf,
        };
        return {
          view: 'record',
          context: {
            answer: told,
            heading: typeTitle(told.record.type),
            contents: await Promise.all(
              told.contents.map(async (content) => ({
                ...content,
                title: typeTitle(content.type),
                correctable: !content.withdrawn && told.record.state === 'standing',
                rows: await shownData(content.data, shown),
              })),
            ),
            steps: await Promise.all(
              told.history.map(async (step) => ({
                ...step,
                title: stepTitle(step.type),
                rows: await Promise.all(step.changes.map((change) => shownChange(change, shown))),
              })),
            ),
            mayWrite,
            mayApprove:
              may(actor, 'records:approve') &&
              asRecordedBy === undefined &&
              told.record.state === 'standing' &&
              told.approval.changesSince !== 0,
            key: randomUUID(),
            actions: actionsOn(answer),
            recorded: await whatItChanged(found, told.record, query['recorded']),
          },
        };
      },
    },
  ];
}
