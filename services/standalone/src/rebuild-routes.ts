import { once } from 'node:events';
import { csvOf, ProblemError, route, sendJson, type Cell, type Route } from '@ledger/http';
import { postedLines, projections, type PostedLine, type Projection } from '@ledger/projections';
import type { Response } from 'express';
import { z } from 'zod';
import type { OpenLedger } from './open-ledger';

const columns = [
  'position',
  'thing',
  'kind',
  'event',
  'year',
  'offer',
  'body',
  'role',
  'person',
  'subject',
  'party',
  'gainType',
  'realisation',
  'amountBasis',
  'illustrative',
  'sign',
  'quantity',
  'from',
  'to',
  'basis',
] as const;

/** A line as a row; what a line of its kind does not have is empty. */
function rowOf(line: PostedLine): Cell[] {
  return columns.map((column): Cell => {
    const value: unknown = Reflect.get(line, column);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
      ? value
      : null;
  });
}

/** Writes lines as CSV, some at a time. */
async function sendLines(lines: AsyncIterable<PostedLine>, response: Response): Promise<void> {
  response.write(csvOf(columns, []));
  let rows: Cell[][] = [];
  const flush = async (): Promise<void> => {
    // Without its header, which went before.
    const text = csvOf([], rows).slice(2);
    rows = [];
    if (!response.write(text)) await once(response, 'drain');
  };
  for await (const line of lines) {
    rows.push(rowOf(line));
    if (rows.length >= 1000) await flush();
  }
  if (rows.length > 0) await flush();
}

const Wanted = z.strictObject({ projection: z.enum(projections) });

/** @throws ProblemError naming the projections there are */
function projectionOf(body: unknown): Projection {
  const wanted = Wanted.safeParse(body);
  if (wanted.success) return wanted.data.projection;
  throw new ProblemError(422, 'REFUSED', `Say which read model to build: ${projections.join(' or ')}.`, {
    errors: [{ path: 'projection', message: `must be ${projections.join(' or ')}` }],
  });
}

/** Building read models anew, and giving out the lines they are made of. */
export function rebuildRoutes(open: () => OpenLedger): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/rebuilds',
      operationId: 'rebuild',
      summary: 'Build a read model anew beside the one in use, compare them, and put it in its place',
      tag: 'upkeep',
      permission: 'ledger:check',
      body: Wanted,
      answers: 'Up to which position, whether both hold the same, and how many events are parked.',
      handle: async ({ request, response }) =>
        sendJson(response, await open().models.rebuild(projectionOf(request.body))),
    }),
    route({
      method: 'get',
      path: '/api/rebuilds',
      operationId: 'rebuildsUnderWay',
      summary: 'How far the rebuilds under way have come, and what is parked',
      tag: 'upkeep',
      permission: 'ledger:check',
      answers:
        'Positions done and in all; why a rebuild failed; and how many events are parked in each read model.',
      handle: async ({ response }) => {
        const { models } = open();
        sendJson(response, {
          running: models.underWay,
          failed: models.failed,
          parked: await models.parked(),
        });
      },
    }),
    route({
      method: 'get',
      path: '/api/parked',
      operationId: 'parked',
      summary: 'The events that could not be applied, with why',
      tag: 'upkeep',
      permission: 'ledger:check',
      answers: 'Each with its position and stream, for each read model that could not apply it.',
      handle: async ({ response }) => sendJson(response, { parked: await open().models.parkedEvents() }),
    }),
    route({
      method: 'post',
      path: '/api/replays',
      operationId: 'replay',
      summary: 'Apply parked events after a fix: the read models that parked some are built anew',
      tag: 'upkeep',
      permission: 'ledger:check',
      body: z.strictObject({}),
      answers: 'What was built, and what is parked still.',
      handle: async ({ response }) => {
        const rebuilt = await open().models.replay();
        sendJson(response, { rebuilt, parked: await open().models.parked() });
      },
    }),
    route({
      method: 'get',
      path: '/api/lines',
      operationId: 'lines',
      summary: 'Every line as CSV, for those who want to ask with SQL: what went is posted with sign −1',
      tag: 'upkeep',
      permission: 'events:read',
      answers:
        'CSV, a row for each posting; up to which position, and how many events are parked or imports only partly recorded, are in headers.',
      handle: async ({ actor, response }) => {
        const { models, queries, audit } = open();
        audit.add({ actor: actor.id, what: 'records-exported', about: ['lines'] });
        const { position, parked, importing, rebuilding } = await queries.standing();
        const upTo = Number(position);
        // The file itself has lines only.
        response.setHeader('Ledger-Position', position).setHeader('Ledger-Parked', parked);
        if (importing !== undefined) response.setHeader('Ledger-Importing', importing);
        if (rebuilding === true) response.setHeader('Ledger-Rebuilding', 'true');
        response
          .type('text/csv; charset=utf-8')
          .setHeader('Content-Disposition', 'attachment; filename="lines.csv"');
        await models.reading(async ({ figures }) => sendLines(postedLines(figures, upTo), response));
        response.end();
      },
    }),
  ];
}
