import { thingKinds } from '@ledger/domain';
import { Id } from '@ledger/events';
import type { Route } from '@ledger/http';
import { z } from 'zod';
import type { Recording, RecordName } from '../application/recording';
import { approveRecord } from '../application/approvals';
import {
  ApprovalRequest,
  CorrectionRequest,
  MergeRequest,
  RecordRequest,
  ReinstatementRequest,
  WithdrawalRequest,
} from '../application/request-schemas';
import { commandRoute, type CommandCall } from './command-route';

const RecordParams = z.strictObject({ kind: z.enum(thingKinds), id: Id });

/** The record an address names, and the revision its change was decided on. */
function nameOf({ params, ifMatch }: CommandCall): RecordName {
  return { ...RecordParams.parse(params), ...(ifMatch !== undefined && { ifMatch }) };
}

/** Recording things and changing what is recorded. */
export function recordCommands(recording: () => Recording): readonly Route[] {
  const ofRecord = '/api/records/{kind}/{id}';
  return [
    commandRoute({
      path: '/api/records',
      operationId: 'record',
      summary: 'Record one or many things, all or nothing',
      body: RecordRequest,
      run: ({ command }) => recording().record(command),
    }),
    commandRoute({
      path: `${ofRecord}/corrections`,
      operationId: 'correct',
      summary: 'Correct a record: its whole content, with a reason',
      body: CorrectionRequest,
      params: RecordParams,
      run: (call) => recording().correct(nameOf(call), call.command),
    }),
    commandRoute({
      path: `${ofRecord}/withdrawals`,
      operationId: 'withdraw',
      summary: 'Withdraw a record, or one event of it',
      body: WithdrawalRequest,
      params: RecordParams,
      run: (call) => recording().withdraw(nameOf(call), call.command),
    }),
    commandRoute({
      path: `${ofRecord}/reinstatements`,
      operationId: 'reinstate',
      summary: 'Undo a withdrawal',
      body: ReinstatementRequest,
      params: RecordParams,
      run: (call) => recording().reinstate(nameOf(call), call.command),
    }),
    commandRoute({
      path: `${ofRecord}/approvals`,
      permission: 'records:approve',
      operationId: 'approve',
      summary: 'Approve what a record says, as somebody other than those who said it',
      body: ApprovalRequest,
      params: RecordParams,
      run: (call) => approveRecord(recording(), nameOf(call), call.command),
    }),
    commandRoute({
      path: '/api/merges',
      operationId: 'merge',
      summary: 'Merge an activity into another that is the same thing',
      body: MergeRequest,
      run: ({ command }) => recording().merge(command),
    }),
    commandRoute({
      path: '/api/merges/undone',
      operationId: 'undoMerge',
      summary: 'Undo a merge',
      body: MergeRequest,
      run: ({ command }) => recording().undoMerge(command),
    }),
  ];
}
