import { Slug } from '@ledger/events';
import { ProblemError, route, sendJson, type Route } from '@ledger/http';
import { z } from 'zod';
import { explainQuestion } from './explain-question';
import { asked, askedAt, ExplainParameters } from './parameters';
import { question, waited, type ReportingParts } from './reporting-parts';
import { viewerOf } from './viewer-of';

/** Single figures: as published, as computed, and what they are made of. */
export function figureRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/figures/{id}',
      operationId: 'figure',
      summary: 'A published figure, beside what the ledger computes',
      params: z.strictObject({ id: Slug }),
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers:
        'The figure as published, as computed where there is a query, and whether the two may be compared.',
      handle: async ({ params, query, response }) => {
        const { queries, today } = await waited(parts, query.after);
        const figure = await queries.figure(params.id, askedAt(query.asRecordedBy, today()));
        if (figure === undefined)
          throw new ProblemError(
            404,
            'UNKNOWN_FIGURE',
            `No figure “${params.id}” was brought forward. Figures that no programme record can produce are not in the ledger.`,
          );
        sendJson(response, figure);
      },
    }),
    route({
      ...question,
      path: '/api/figures',
      operationId: 'figureCoverage',
      summary: 'How many published figures have a query, and how many do not yet',
      answers: 'The counts.',
      handle: async ({ response }) => {
        const { queries } = parts();
        sendJson(response, { ...(await queries.standing()), ...(await queries.figureCoverage()) });
      },
    }),
    route({
      ...question,
      path: '/api/explain',
      operationId: 'explain',
      summary: 'Which events a figure is made of, a page at a time',
      query: ExplainParameters,
      answers: 'The figure, its rule, its lines with their events, and for a share the councils of the base.',
      handle: async ({ query, actor, response }) => {
        const { queries, today } = await waited(parts, query.after);
        sendJson(response, await queries.explain(explainQuestion(query, today(), viewerOf(actor))));
      },
    }),
  ];
}
