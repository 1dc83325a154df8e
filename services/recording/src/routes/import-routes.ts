import { programmesFor } from '@ledger/access';
import { CorrectionReason, Id } from '@ledger/events';
import { ProblemError, route, sendJson, type Route } from '@ledger/http';
import type { Response } from 'express';
import { z } from 'zod';
import { parseRequest } from '../application/faults';
import type { Recording } from '../application/recording';
import { AnswersRequest, noAnswers, type Answers } from '../imports/answers';
import { importTypes } from '../imports/import-types';
import { importFields } from '../imports/import-fields';
import { importFile } from '../imports/import-file';
import { importsUnderWay } from '../imports/import-progress';
import { knownImports, savedMappings } from '../imports/known-imports';
import { MappingRequest } from '../imports/mapping';
import { findMapping, saveMapping } from '../imports/mappings';
import { openImport } from '../imports/open-import';
import { inTheWay, isLoadable, wantingComment, type ImportReport } from '../imports/report';
import { resultWorkbook } from '../imports/result-workbook';
import { templateWorkbook } from '../imports/template-workbook';
import { keyOf } from './acting-user';
import { commandRoute } from './command-route';

/** Of refused rows, as many as a person reads; the rest are in the report. */
const mostErrors = 50;

const File = z.strictObject({
  map: z
    .string()
    .min(1)
    .max(80)
    .describe('A saved mapping, or the type of a template such as SupportProvided.'),
  name: z.string().min(1).max(200).optional().describe('What the file is called; it is kept in the vault.'),
  label: z.string().min(1).max(120).optional().describe('What the import is called in lists.'),
  comment: z.string().min(1).max(4000).optional().describe('Accepts every warning; auditors see it.'),
  propose: CorrectionReason.optional().describe(
    'The reason for which the file is proposed as one adjustment to closed time, which a second person approves; left out, it is recorded.',
  ),
  note: z.string().min(1).max(4000).optional().describe('Of a proposal: a note, kept in the vault.'),
  dryRun: z.enum(['true', 'false']).optional().describe('true: checks everything and records nothing.'),
});

const answers = { field: 'answers', schema: AnswersRequest };

/** What came with a file to answer what a dry run asked of it. @throws DecisionRefused */
function answersIn(beside: unknown): Answers {
  if (beside === undefined) return noAnswers;
  const { cells = {}, rows = {} } = parseRequest(AnswersRequest, beside);
  return { cells, rows };
}

/** A refusal with the whole report beside its sentences. */
function refusal(report: ImportReport): ProblemError {
  const errors = report.sheets.flatMap(({ name, rows, faults }) => [
    ...faults.map(({ code, message }) => ({ code, path: name, message })),
    ...rows
      .filter(({ outcome }) => ['rejected', 'question', 'warning'].includes(outcome))
      .flatMap(({ row, faults: own }) =>
        own.map(({ column, code, message }) => ({
          code,
          path: `${name}, ${column ?? 'row '}${row}`,
          message,
        })),
      ),
  ]);
  const counts = [...inTheWay(report.totals), ...wantingComment(report.totals)];
  return new ProblemError(
    422,
    'REFUSED',
    `Nothing was recorded: ${counts.join(', ')}. Put the file right, or answer what is asked, and import it again.`,
    { errors: errors.slice(0, mostErrors), members: { ...report } },
  );
}

function sendWorkbook(response: Response, bytes: Uint8Array, name: string): void {
  response
    .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
    .setHeader('Content-Disposition', `attachment; filename="${name}"`);
  response.send(Buffer.from(bytes));
}

/** Imports of files: tried and made, listed and opened; mappings and templates. */
export function importRoutes(recording: () => Recording): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/import-files',
      operationId: 'importFile',
      summary: 'Import a workbook or CSV file, whole or not at all, try to, or propose it for closed time',
      tag: 'recording',
      permission: 'records:write',
      query: File,
      file: true,
      besideFile: answers,
      command: true,
      answers: 'What each row comes to, with totals; the same in a dry run as in the run.',
      handle: async ({ query, file, beside, actor, request, response }) => {
        const key = keyOf(request, response);
        const { map, name = 'file', label, comment, propose, note, dryRun } = query;
        const command = {
          actor: actor.id,
          programmes: programmesFor(actor, 'records:write'),
          key,
          dryRun: dryRun === 'true',
        };
        const report = await importFile(recording(), command, {
          bytes: file,
          map,
          name,
          label,
          comment,
          answers: answersIn(beside),
          proposal: propose && { reason: propose, note },
        });
        if (!report.dryRun && !isLoadable(report.totals)) throw refusal(report);
        if (report.replayed) response.setHeader('Idempotency-Replayed', 'true');
        const done = report.recorded || report.proposed !== null;
        sendJson(response, report, done && !report.replayed ? 201 : 200);
      },
    }),
    route({
      method: 'get',
      path: '/api/import-files',
      operationId: 'importsUnderWay',
      summary: 'How far your imports under way have come',
      tag: 'recording',
      permission: 'records:write',
      answers: 'Rows done and in all.',
      handle: ({ actor, response }) =>
        sendJson(response, { running: importsUnderWay(recording().parts.log, actor.id) }),
    }),
    route({
      method: 'get',
      path: '/api/imports',
      operationId: 'imports',
      summary: 'The imports there are, the latest first',
      tag: 'recording',
      permission: 'records:read',
      answers: 'Each with its rows, its events and whether it stands.',
      handle: async ({ response }) =>
        sendJson(response, { imports: knownImports(await recording().parts.imports()) }),
    }),
    route({
      method: 'get',
      path: '/api/imports/{id}',
      operationId: 'openImport',
      summary: 'An import with the records it wrote, and which of them were changed since',
      tag: 'recording',
      permission: 'records:write',
      params: z.strictObject({ id: Id }),
      answers: 'The import and its records.',
      handle: async ({ params, response }) => sendJson(response, await openImport(recording(), params.id)),
    }),
    route({
      method: 'post',
      path: '/api/import-results',
      operationId: 'importResults',
      summary: 'A copy of a file in which each row says what it would come to; nothing is recorded',
      tag: 'recording',
      permission: 'records:write',
      query: File.pick({ map: true, name: true, comment: true, propose: true }),
      file: true,
      besideFile: answers,
      answers: 'An XLSX workbook: the file’s values, as answered, and two columns of results.',
      handle: async ({ query, file, beside, actor, request, response }) => {
        const { map, name = 'file', comment, propose } = query;
        const command = {
          actor: actor.id,
          programmes: programmesFor(actor, 'records:write'),
          key: keyOf(request, response),
          dryRun: true,
        };
        const proposal = propose && { reason: propose };
        const sent = { bytes: file, map, name, comment, answers: answersIn(beside), proposal };
        const report = await importFile(recording(), command, sent);
        sendWorkbook(response, await resultWorkbook(file, name, report), 'results.xlsx');
      },
    }),
    ...mappingRoutes(recording),
  ];
}

function mappingRoutes(recording: () => Recording): readonly Route[] {
  const Type = z.strictObject({ type: z.enum(importTypes) });
  return [
    commandRoute({
      path: '/api/mappings',
      operationId: 'saveMapping',
      summary: 'Save how the columns of a team’s own files say what events say',
      body: MappingRequest,
      run: ({ command }) => saveMapping(recording(), command),
    }),
    route({
      method: 'get',
      path: '/api/mappings',
      operationId: 'mappings',
      summary: 'The saved mappings, and the fields that columns of each type can say',
      tag: 'recording',
      permission: 'reference:read',
      answers: 'Mappings by name, and the fields of each type.',
      handle: async ({ response }) =>
        sendJson(response, {
          mappings: [...savedMappings(await recording().parts.imports()).values()],
          fields: Object.fromEntries(
            importTypes.map((type) => [
              type,
              importFields(type).map(({ name, kind, label, required, options }) => ({
                name,
                kind,
                label,
                required,
                options,
              })),
            ]),
          ),
        }),
    }),
    route({
      method: 'get',
      path: '/api/mappings/{name}',
      operationId: 'mapping',
      summary: 'A saved mapping, or that of a template',
      tag: 'recording',
      permission: 'reference:read',
      params: z.strictObject({ name: z.string().max(80) }),
      answers: 'The mapping.',
      handle: async ({ params, response }) => sendJson(response, await findMapping(recording(), params.name)),
    }),
    route({
      method: 'get',
      path: '/api/import-templates/{type}',
      operationId: 'importTemplate',
      summary: 'The workbook to fill in for a kind of record, with choices and notes',
      tag: 'recording',
      permission: 'reference:read',
      params: Type,
      answers: 'An XLSX workbook.',
      handle: async ({ params, response }) => {
        const bytes = templateWorkbook(params.type, await recording().parts.reference());
        sendWorkbook(response, bytes, `${params.type}.xlsx`);
      },
    }),
  ];
}
