import type { Actor } from '@ledger/access';
import { Id } from '@ledger/events';
import { ProblemError, route, sendJson, type Route } from '@ledger/http';
import type { AdjustmentAnswer } from '@ledger/projections';
import { z } from 'zod';
import { asked, askedAt } from './parameters';
import { question, waited, type ReportingParts } from './reporting-parts';
import { viewerOf } from './viewer-of';

/** An adjustment with the names of who proposed and decided, and the texts of the vault. */
export interface ToldAdjustment extends AdjustmentAnswer {
  readonly proposer: string;
  readonly note: string | null;
  readonly decision: { readonly by: string; readonly note: string | null } | null;
}

async function told(parts: ReportingParts, adjustment: AdjustmentAnswer): Promise<ToldAdjustment> {
  const noteOf = async (reference: AdjustmentAnswer['noteRef']): Promise<string | null> =>
    reference === null ? null : ((await parts.note(reference)) ?? '(erased)');
  const { decided } = adjustment;
  return {
    ...adjustment,
    proposer: await parts.nameOf(adjustment.proposedBy),
    note: await noteOf(adjustment.noteRef),
    decision:
      decided === null ? null : { by: await parts.nameOf(decided.by), note: await noteOf(decided.noteRef) },
  };
}

/** Adjustments for somebody to read; those that name people are written to the audit file. */
export async function toldAdjustments(
  parts: ReportingParts,
  actor: Actor,
  adjustments: readonly AdjustmentAnswer[],
): Promise<readonly ToldAdjustment[]> {
  const persons = adjustments.flatMap(({ records }) => records.flatMap(({ record }) => record.person ?? []));
  if (persons.length > 0) parts.audited(actor, 'person-read', [...new Set(persons)]);
  return Promise.all(adjustments.map((adjustment) => told(parts, adjustment)));
}

/** What was proposed to be changed in closed time, and what became of it. */
export function adjustmentRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/adjustments',
      permission: 'records:read',
      operationId: 'adjustments',
      summary: 'What was proposed to be changed in closed time, and what became of it',
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers: 'The adjustments, the newest first, with the records they change as far as you may read them.',
      handle: async ({ query, actor, response }) => {
        const found = await waited(parts, query.after);
        const answer = await found.queries.adjustments({
          viewer: viewerOf(actor),
          at: askedAt(query.asRecordedBy, found.today()),
        });
        sendJson(response, {
          ...answer,
          adjustments: await toldAdjustments(found, actor, answer.adjustments),
        });
      },
    }),
    route({
      ...question,
      path: '/api/adjustments/{id}',
      permission: 'records:read',
      operationId: 'adjustment',
      summary: 'One adjustment: what it changes, who proposed it and who decided',
      params: z.strictObject({ id: Id }),
      query: z.strictObject({ after: asked.after }),
      answers: 'The adjustment.',
      handle: async ({ params, query, actor, response }) => {
        const found = await waited(parts, query.after);
        sendJson(response, await oneAdjustment(found, actor, params.id));
      },
    }),
  ];
}

/** @throws ProblemError 404 */
export async function oneAdjustment(
  parts: ReportingParts,
  actor: Actor,
  id: string,
): Promise<ToldAdjustment> {
  const { adjustments } = await parts.queries.adjustments({ viewer: viewerOf(actor), id });
  const [one] = await toldAdjustments(parts, actor, adjustments);
  if (one === undefined)
    throw new ProblemError(
      404,
      'UNKNOWN_ADJUSTMENT',
      `There is no adjustment with the id ${id}; they are listed at /api/adjustments.`,
    );
  return one;
}
