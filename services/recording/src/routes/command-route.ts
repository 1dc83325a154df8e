import type { Permission } from '@ledger/access';
import { route, sendJson, type Route } from '@ledger/http';
import type { Response } from 'express';
import { z } from 'zod';
import type { Outcome } from '../application/outcome';
import { commandOf, ifMatchOf } from './acting-user';

const DryRun = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().describe('true: checks everything and records nothing.'),
});

function answer(response: Response, outcome: Outcome): void {
  if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
  sendJson(response, outcome, outcome.dryRun || outcome.replayed ? 200 : 201);
}

/** What a command's handler is given. */
export interface CommandCall {
  readonly params: Readonly<Record<string, string>>;
  readonly command: ReturnType<typeof commandOf>;
  readonly ifMatch: string | undefined;
}

/** A route of a command. Its body is checked by the command itself, so that every route says the same (A4). */
export interface CommandRoute {
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** For the OpenAPI document. */
  readonly body: z.ZodType;
  readonly params?: z.ZodType;
  /** What it needs; writing records unless said otherwise. */
  readonly permission?: Permission;
  readonly run: (call: CommandCall) => Promise<Outcome>;
}

export function commandRoute(declared: CommandRoute): Route {
  const { path, operationId, summary, body, params, permission = 'records:write', run } = declared;
  const made = route({
    method: 'post',
    path,
    operationId,
    summary,
    tag: 'recording',
    permission,
    ...(params !== undefined && { params }),
    query: DryRun,
    body: z.unknown(),
    command: true,
    answers:
      'What was recorded: records, events with their positions, and a cursor to read one’s own write with.',
    handle: async ({ params: found, query, actor, request, response }) => {
      // Parameters of an address are texts; their schema has checked them.
      const named = found as Readonly<Record<string, string>>;
      const command = commandOf(request, response, actor, query.dryRun === 'true');
      answer(response, await run({ params: named, command, ifMatch: ifMatchOf(request) }));
    },
  });
  return Object.assign(made, { documented: body });
}

/** The schema of a command's body for the OpenAPI document. */
export function documentedBody(declared: Route): Route {
  const documented = 'documented' in declared ? declared.documented : undefined;
  return documented instanceof z.ZodType ? { ...declared, body: documented } : declared;
}
