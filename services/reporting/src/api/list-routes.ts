import { isLondonDate } from '@ledger/calendar';
import { route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { asked, askedAt } from './parameters';
import { question, type ReportingParts } from './reporting-parts';

/** Lists: the catalogue, the register and the records. */
export function listRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/measures',
      permission: 'reference:read',
      operationId: 'measures',
      summary: 'The measures in force and the rules they count by',
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy }),
      answers: 'The measures.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        const at = askedAt(query.asRecordedBy, today());
        sendJson(response, { ...(await queries.standing(at)), measures: await queries.measures(at) });
      },
    }),
    route({
      ...question,
      path: '/api/offers',
      permission: 'reference:read',
      operationId: 'offers',
      summary: 'The catalogue: offers with their programmes, themes and savings areas',
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy }),
      answers: 'The offers.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        const at = askedAt(query.asRecordedBy, today());
        sendJson(response, { ...(await queries.standing(at)), offers: await queries.offers(at) });
      },
    }),
    route({
      ...question,
      path: '/api/years',
      operationId: 'years',
      summary: 'The financial years that have records',
      answers: 'The years, as 2016/17.',
      handle: async ({ response }) => {
        const { queries } = parts();
        sendJson(response, { ...(await queries.standing()), years: await queries.yearsWithRecords() });
      },
    }),
    route({
      ...question,
      path: '/api/councils',
      permission: 'reference:read',
      operationId: 'councils',
      summary: 'The principal councils of England on a date',
      query: z.strictObject({
        on: z.string().refine(isLondonDate, 'must be a date such as 2017-03-31'),
        asRecordedBy: asked.asRecordedBy,
      }),
      answers: 'The councils with type, region, control and codes.',
      handle: async ({ query, response }) => {
        const { queries, today } = parts();
        const at = askedAt(query.asRecordedBy, today());
        sendJson(response, {
          ...(await queries.standing(at)),
          councils: await queries.councils({ on: query.on, at }),
        });
      },
    }),
  ];
}
