import { readRegisterFile } from '@ledger/councils';
import type { Route } from '@ledger/http';
import { z } from 'zod';
import { loadRegister, recordBodyFact } from '../application/bodies';
import { parseRequest } from '../application/faults';
import { importRecords } from '../application/imports';
import { reverseImports } from '../application/reverse-imports';
import type { Recording } from '../application/recording';
import {
  BodyRequest,
  CatalogueRequest,
  ImportRequest,
  ReversalRequest,
} from '../application/request-schemas';
import { commandRoute } from './command-route';

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

/** Imports, the register of bodies and the catalogue. */
export function referenceCommands(recording: () => Recording): readonly Route[] {
  return [
    commandRoute({
      path: '/api/imports',
      operationId: 'import',
      summary: 'Record many things as one import, which can be reversed whole',
      body: ImportRequest,
      run: ({ command }) => importRecords(recording(), command),
    }),
    commandRoute({
      path: '/api/imports/{ids}/reversal',
      operationId: 'reverseImports',
      summary: 'Undo what one or more imports did',
      body: ReversalRequest,
      params: ImportParams,
      run: ({ params, command }) => reverseImports(recording(), (params['ids'] ?? '').split(','), command),
    }),
    commandRoute({
      path: '/api/bodies',
      permission: 'register:write',
      operationId: 'recordBodyFact',
      summary: 'Record a fact about a body: a registration, an end, a name, a code, a control',
      body: BodyRequest,
      run: ({ command }) => recordBodyFact(recording(), command),
    }),
    commandRoute({
      path: '/api/register-files',
      permission: 'register:write',
      operationId: 'loadRegister',
      summary: 'Load a table of councils or of control: what is new in it',
      body: RegisterFile,
      run: async ({ command }) => {
        const { file, text, source } = parseRequest(RegisterFile, command.request);
        return loadRegister(recording(), readRegisterFile(text, file, source), command);
      },
    }),
    commandRoute({
      path: '/api/catalogue',
      permission: 'catalogue:write',
      operationId: 'declare',
      summary: 'Declare or change a theme, programme, savings area, offer or measure',
      body: CatalogueRequest,
      run: ({ command }) => recording().declare(command),
    }),
  ];
}
