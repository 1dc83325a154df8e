import { programmesFor } from '@ledger/access';
import { Id } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import { keyOf } from '@ledger/recording';
import { z } from 'zod';
import { attachEvidence, EvidenceRequest, openEvidence } from '../application/evidence';
import type { AssuranceParts } from '../parts';
import { mustReadClaim } from './told-claim';

const ClaimParams = z.strictObject({ id: Id });

/** The evidence of claims, in and out. */
export function evidenceRoutes(parts: () => AssuranceParts): readonly Route[] {
  return [
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
