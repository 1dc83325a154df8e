import { readRegisterFile } from '@ledger/councils';
import { activityContentTypes, eventDefinitions, eventTypes, Id, jsonSchemaOf } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import { isRecordContent } from '@ledger/domain';
import type { Response } from 'express';
import { z } from 'zod';
import { loadRegister, recordBodyFact } from '../application/bodies';
import { importRecords, reverseImports } from '../application/imports';
import type { Outcome, Recording } from '../application/recording';
import {
  BodyRequest,
  CatalogueRequest,
  CorrectionRequest,
  ImportRequest,
  MergeRequest,
  RecordRequest,
  ReinstatementRequest,
  ReversalRequest,
  WithdrawalRequest,
} from '../application/request-schemas';
import { commandOf, ifMatchOf } from './acting-user';

const DryRun = z.strictObject({
  dryRun: z.enum(['true', 'false']).optional().describe('true: checks everything and records nothing.'),
});
const RecordParams = z.strictObject({ kind: z.enum(['activity', 'claim', 'observation']), id: Id });
const ImportParams = z.strictObject({
  ids: z
    .string()
    .regex(/^[0-9a-f-]{36}(,[0-9a-f-]{36})*$/, 'must be one or more import ids, parted by commas'),
});
const RegisterFile = z.strictObject({
  file: z.string().max(200),
  text: z.string().max(4_000_000),
  source: z.string().min(1).max(120),
});

function answer(response: Response, outcome: Outcome): void {
  if (outcome.replayed) response.setHeader('Idempotency-Replayed', 'true');
  sendJson(response, outcome, outcome.dryRun || outcome.replayed ? 200 : 201);
}

/** Bodies are checked by the command itself, so that every route says the same of the same fault (A4). */
const anyBody = z.unknown();

/** Commands over HTTP. */
export function recordingRoutes(recording: () => Recording): readonly Route[] {
  const command = (
    path: string,
    operationId: string,
    summary: string,
    body: z.ZodType,
    run: (call: {
      readonly params: Readonly<Record<string, string>>;
      readonly command: ReturnType<typeof commandOf>;
      readonly ifMatch: string | undefined;
    }) => Promise<Outcome>,
    params?: z.ZodType,
  ): Route & { readonly documented: z.ZodType } => ({
    ...route({
      method: 'post',
      path,
      operationId,
      summary,
      tag: 'recording',
      ...(params !== undefined && { params }),
      query: DryRun,
      body: anyBody,
      command: true,
      answers:
        'What was recorded: records, events with their positions, and a cursor to read one’s own write with.',
      handle: async ({ params: found, query, request, response }) => {
        const asked = commandOf(request, response, query.dryRun === 'true');
        // Parameters of an address are texts; their schema has checked them.
        const named = found as Readonly<Record<string, string>>;
        answer(response, await run({ params: named, command: asked, ifMatch: ifMatchOf(request) }));
      },
    }),
    documented: body,
  });
  const name = (params: Readonly<Record<string, string>>, ifMatch: string | undefined) => ({
    ...RecordParams.parse(params),
    ...(ifMatch !== undefined && { ifMatch }),
  });
  const commands = [
    command('/api/records', 'record', 'Record one or many things, all or nothing', RecordRequest, (call) =>
      recording().record(call.command),
    ),
    command(
      '/api/records/{kind}/{id}/corrections',
      'correct',
      'Correct a record: its whole content, with a reason',
      CorrectionRequest,
      (call) => recording().correct(name(call.params, call.ifMatch), call.command),
      RecordParams,
    ),
    command(
      '/api/records/{kind}/{id}/withdrawals',
      'withdraw',
      'Withdraw a record, or one event of it',
      WithdrawalRequest,
      (call) => recording().withdraw(name(call.params, call.ifMatch), call.command),
      RecordParams,
    ),
    command(
      '/api/records/{kind}/{id}/reinstatements',
      'reinstate',
      'Undo a withdrawal',
      ReinstatementRequest,
      (call) => recording().reinstate(name(call.params, call.ifMatch), call.command),
      RecordParams,
    ),
    command(
      '/api/merges',
      'merge',
      'Merge an activity into another that is the same thing',
      MergeRequest,
      (call) => recording().merge(call.command),
    ),
    command('/api/merges/undone', 'undoMerge', 'Undo a merge', MergeRequest, (call) =>
      recording().undoMerge(call.command),
    ),
    command(
      '/api/bodies',
      'recordBodyFact',
      'Record a fact about a body: a registration, an end, a name, a code, a control',
      BodyRequest,
      (call) => recordBodyFact(recording(), call.command),
    ),
    command(
      '/api/catalogue',
      'declare',
      'Declare or change a theme, programme, savings area, offer or measure',
      CatalogueRequest,
      (call) => recording().declare(call.command),
    ),
    command(
      '/api/imports',
      'import',
      'Record many things as one import, which can be reversed whole',
      ImportRequest,
      (call) => importRecords(recording(), call.command),
    ),
    command(
      '/api/imports/{ids}/reversal',
      'reverseImports',
      'Undo what one or more imports did',
      ReversalRequest,
      (call) => reverseImports(recording(), (call.params['ids'] ?? '').split(','), call.command),
      ImportParams,
    ),
    command(
      '/api/register-files',
      'loadRegister',
      'Load a table of councils or of control: what is new in it',
      RegisterFile,
      async (call) => {
        const { file, text, source } = RegisterFile.parse(call.command.request);
        return loadRegister(recording(), readRegisterFile(text, file, source), call.command);
      },
    ),
  ];
  return [
    ...commands,
    route({
      method: 'get',
      path: '/api/event-types',
      operationId: 'eventTypes',
      summary: 'Every event type with its meaning and the JSON Schema of its data',
      tag: 'recording',
      answers: 'The event types.',
      handle: ({ response }) =>
        sendJson(response, {
          eventTypes: eventTypes.map((type) => ({
            type,
            version: eventDefinitions[type].version,
            meaning: eventDefinitions[type].meaning,
            recordable: isRecordContent(type),
            activity: activityContentTypes.includes(type),
            schema: jsonSchemaOf(type),
          })),
        }),
    }),
  ];
}

/** The schema of a route's body for the OpenAPI document, where the route leaves the checking to its command. */
export function documentedBody(declared: Route): Route {
  const documented = 'documented' in declared ? declared.documented : undefined;
  return documented instanceof z.ZodType ? { ...declared, body: documented } : declared;
}
