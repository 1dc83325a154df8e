import { programmesFor } from '@ledger/access';
import { Id } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import { commandRoute, keyOf } from '@ledger/recording';
import { z } from 'zod';
import { OverlapRequest, placeClaim, PlacingRequest, resolveOverlap } from '../application/claim-pairs';
import { claimSteps } from '../application/claim-steps';
import { attachEvidence, EvidenceRequest, openEvidence } from '../application/evidence';
import { takeStep } from '../application/take-step';
import type { AssuranceParts } from '../parts';
import { mustReadClaim, toldClaim } from './told-claim';
import { askedAt, AsRecordedBy, viewerOf } from './viewing';

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

/** Questions about claims, and their evidence in and out. */
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
      summary: 'One claim: what it says, how far it has come, what it lacks and what it rests on',
      params: ClaimParams,
      query: z.strictObject({ asRecordedBy: AsRecordedBy, after: z.string().max(100).optional() }),
      answers: 'The claim with its evidence, its queries and its history; the ETag is its revision.',
      handle: async ({ params, query, actor, response }) => {
        const found = parts();
        if (query.after !== undefined) await found.whenApplied(query.after);
        const at = askedAt(query.asRecordedBy, found.recording.parts.today());
        const claim = await toldClaim(found, actor, params.id, at);
        response.setHeader('ETag', `"${claim.revision}"`);
        sendJson(response, claim);
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
    route({
      method: 'post',
      path: '/api/claims/{id}/evidence',
      operationId: 'attachEvidence',
      summary: 'Attach a file as evidence of a claim; it is kept encrypted, an equal file once',
      tag: 'assurance',
      permission: 'records:write',
      params: ClaimParams,
      query: EvidenceRequest.extend({
        name: z.string().min(1).max(200).describe('What the file is called; it is kept in the vault.'),
      }),
      file: true,
      command: true,
      answers: 'What was recorded.',
      handle: async ({ params, query, file, actor, request, response }) => {
        const { name, ...said } = query;
        const call = {
          actor: actor.id,
          programmes: programmesFor(actor, 'records:write'),
          key: keyOf(request, response),
          request: said,
          asAuditor: false,
        };
        const outcome = await attachEvidence(parts(), { id: params.id }, call, { name, bytes: file });
        if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
        sendJson(response, outcome, outcome.replayed ? 200 : 201);
      },
    }),
    route({
      method: 'get',
      path: '/api/claims/{id}/evidence/{evidence}',
      operationId: 'openEvidence',
      summary: 'Open a file of a claim; that it was opened is in the audit file',
      tag: 'assurance',
      permission: 'evidence:read',
      params: z.strictObject({ id: Id, evidence: Id }),
      answers: 'The bytes of the file.',
      handle: async ({ params, actor, response }) => {
        const found = parts();
        await mustReadClaim(found, actor, params.id);
        const { bytes, mediaType, name } = await openEvidence(found, params.id, params.evidence, () =>
          found.audited(actor, [params.id, params.evidence]),
        );
        response
          .type(mediaType)
          .setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(name)}`)
          .setHeader('X-Content-Type-Options', 'nosniff');
        response.send(Buffer.from(bytes));
      },
    }),
  ];
}
