import { Id } from '@ledger/events';
import { askedAt, AsRecordedBy, route, sendJson, type Route } from '@ledger/http';
import { commandRoute } from '@ledger/recording';
import { z } from 'zod';
import { OverlapRequest, placeClaim, PlacingRequest, resolveOverlap } from '../application/claim-pairs';
import { claimSteps } from '../application/claim-steps';
import { lapseOverdue, LapsesRequest } from '../application/lapses';
import { takeStep } from '../application/take-step';
import type { AssuranceParts } from '../parts';
import { savingsTableRoutes } from './table-routes';
import { mustReadClaim, toldClaim } from './told-claim';
import { fillWorksheet, WorksheetRequest } from '../application/worksheet';
import { auditRoutes } from './audit-routes';
import { evidenceRoutes } from './evidence-routes';
import { viewerOf } from './viewing';
import { wayOn } from './way-on';

const ClaimParams = z.strictObject({ id: Id });
const question = { method: 'get', tag: 'assurance', permission: 'records:read' } as const;

/** One command for each step in the life of a claim. */
export function claimCommands(parts: () => AssuranceParts): readonly Route[] {
  const ofSteps = claimSteps.map((declared) =>
    commandRoute({
      path: `/api/claims/{id}/${declared.step}`,
      operationId: `claim-${declared.step}`,
      summary: declared.summary,
      body: declared.body,
      params: ClaimParams,
      permission: declared.permission,
      run: ({ params, command, ifMatch }) =>
        takeStep(parts(), { id: params['id'] ?? '', ifMatch }, declared, {
          ...command,
          asAuditor: declared.permission === 'claims:audit',
        }),
    }),
  );
  return [
    ...ofSteps,
    commandRoute({
      path: '/api/claims/{id}/test',
      operationId: 'claim-test',
      summary: 'Fill the audit worksheet of a claim in: every test passed, failed or not applicable',
      body: WorksheetRequest,
      params: ClaimParams,
      permission: 'claims:audit',
      run: ({ params, command, ifMatch }) =>
        fillWorksheet(parts(), { id: params['id'] ?? '', ifMatch }, { ...command, asAuditor: true }),
    }),
    commandRoute({
      path: '/api/claim-lapses',
      operationId: 'lapseOverdueClaims',
      summary: 'Let every recurring gain lapse whose confirmation is overdue',
      body: LapsesRequest,
      permission: 'claims:audit',
      run: ({ command }) => lapseOverdue(parts(), command),
    }),
    commandRoute({
      path: '/api/claims/{id}/resolve-overlap',
      operationId: 'claim-resolve-overlap',
      summary: 'Decide whether a claim counts the same gain as another: distinct, the same, or shared',
      body: OverlapRequest,
      params: ClaimParams,
      permission: 'claims:audit',
      run: ({ params, command, ifMatch }) =>
        resolveOverlap(parts(), { id: params['id'] ?? '', ifMatch }, { ...command, asAuditor: true }),
    }),
    commandRoute({
      path: '/api/claims/{id}/make-part-of',
      operationId: 'claim-make-part-of',
      summary: 'Say that a claim is a part of another',
      body: PlacingRequest,
      params: ClaimParams,
      run: ({ params, command, ifMatch }) =>
        placeClaim(parts(), { id: params['id'] ?? '', ifMatch }, { ...command, asAuditor: false }),
    }),
  ];
}

/** Questions about claims. */
export function claimRoutes(parts: () => AssuranceParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/claims',
      operationId: 'claims',
      summary: 'The worklist of claims: how many are in each state, and a page of them from the newest',
      query: z.strictObject({
        assurance: z.string().max(40).optional().describe('Only claims in this state, such as submitted.'),
        limit: z.coerce.number().int().min(1).max(200).optional(),
        cursor: z.string().max(20).optional(),
        asRecordedBy: AsRecordedBy,
        after: z.string().max(100).optional(),
      }),
      answers: 'States with how many claims, and a page of claims with what they come to by year.',
      handle: async ({ query, actor, response }) => {
        const found = parts();
        const { assurance, limit, cursor, asRecordedBy, after } = query;
        if (after !== undefined) await found.whenApplied(after);
        sendJson(
          response,
          await found.queries.claims({
            viewer: viewerOf(actor),
            ...(assurance !== undefined && { assurance }),
            ...(limit !== undefined && { limit }),
            ...(cursor !== undefined && { cursor }),
            at: askedAt(asRecordedBy, found.recording.parts.today()),
          }),
        );
      },
    }),
    route({
      ...question,
      path: '/api/claims/{id}',
      operationId: 'claim',
      summary:
        'One claim: what it says, how far it has come, what comes next and stands in its way, and what it rests on',
      params: ClaimParams,
      query: z.strictObject({ asRecordedBy: AsRecordedBy, after: z.string().max(100).optional() }),
      answers: 'The claim with its evidence, its queries and its history; the ETag is its revision.',
      handle: async ({ params, query, actor, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const at = askedAt(query.asRecordedBy, found.recording.parts.today());
        const claim = await toldClaim(found, actor, params.id, at);
        response.setHeader('ETag', `"${claim.revision}"`);
        sendJson(response, { ...claim, ...(await wayOn(found, actor, claim, at)) });
      },
    }),
    route({
      ...question,
      path: '/api/claims/{id}/overlaps',
      operationId: 'claimOverlaps',
      summary:
        'Claims that may count the same gain; those that block are decided on before a claim is assured',
      params: ClaimParams,
      query: z.strictObject({ asRecordedBy: AsRecordedBy, after: z.string().max(100).optional() }),
      answers: 'The other claims with why, and what was decided.',
      handle: async ({ params, query, actor, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const at = askedAt(query.asRecordedBy, found.recording.parts.today());
        await mustReadClaim(found, actor, params.id, at);
        sendJson(response, await found.queries.claimOverlaps(params.id, viewerOf(actor), at));
      },
    }),
    route({
      ...question,
      path: '/api/claim-confirmations',
      operationId: 'claimConfirmations',
      summary: 'Recurring gains that need a confirmation, those due first; what is overdue lapses',
      query: z.strictObject({ after: z.string().max(100).optional() }),
      answers: 'Claims with the year to confirm and the last day for it.',
      handle: async ({ query, actor, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const today = found.recording.parts.today();
        sendJson(response, await found.queries.confirmations({ viewer: viewerOf(actor), today }));
      },
    }),
    route({
      ...question,
      permission: 'figures:read',
      path: '/api/figure-checks',
      operationId: 'figureChecks',
      summary: 'Published amounts that are made of parts, or are said of two things',
      query: z.strictObject({ asRecordedBy: AsRecordedBy }),
      answers: 'What was found, each with its figures.',
      handle: async ({ query, response }) => {
        const found = parts();
        const at = askedAt(query.asRecordedBy, found.recording.parts.today());
        sendJson(response, await found.queries.figureChecks(at));
      },
    }),
    ...auditRoutes(parts),
    ...evidenceRoutes(parts),
    ...savingsTableRoutes(parts),
  ];
}
