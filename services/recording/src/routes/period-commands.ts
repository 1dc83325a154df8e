import { parseFinancialYear } from '@ledger/calendar';
import type { Route } from '@ledger/http';
import { z } from 'zod';
import { Id } from '@ledger/events';
import { decideOnAdjustment, proposeAdjustment } from '../application/adjustments';
import { closePeriod, reopenPeriod } from '../application/periods';
import type { Recording } from '../application/recording';
import {
  AdjustmentRequest,
  ClosingRequest,
  DecisionRequest,
  ReopeningRequest,
} from '../application/request-schemas';
import { commandRoute, type CommandCall } from './command-route';

const YearParams = z.strictObject({
  year: z
    .string()
    .refine((text) => parseFinancialYear(text) !== undefined, 'must be a financial year such as 2016-17')
    .describe('A financial year: 2016-17 or 201617.'),
});

const AdjustmentParams = z.strictObject({ id: Id });

function yearOf({ params }: CommandCall): number {
  return parseFinancialYear(params['year'] ?? '') ?? 0;
}

/** Closing quarters and years, taking a provisional closing back, and adjusting what is closed. */
export function periodCommands(recording: () => Recording): readonly Route[] {
  return [
    commandRoute({
      path: '/api/periods/{year}/closings',
      permission: 'periods:close',
      operationId: 'closePeriod',
      summary: 'Close a quarter or a year, provisionally or finally',
      body: ClosingRequest,
      params: YearParams,
      run: (call) => closePeriod(recording(), yearOf(call), call.command),
    }),
    commandRoute({
      path: '/api/periods/{year}/reopenings',
      permission: 'periods:close',
      operationId: 'reopenPeriod',
      summary: 'Reopen a quarter or a year that is provisionally closed',
      body: ReopeningRequest,
      params: YearParams,
      run: (call) => reopenPeriod(recording(), yearOf(call), call.command),
    }),
    commandRoute({
      path: '/api/adjustments',
      operationId: 'proposeAdjustment',
      summary: 'Propose a change to closed time, which a second person approves',
      body: AdjustmentRequest,
      run: ({ command }) => proposeAdjustment(recording(), command),
    }),
    commandRoute({
      path: '/api/adjustments/{id}/approval',
      permission: 'adjustments:decide',
      operationId: 'approveAdjustment',
      summary: 'Approve an adjustment that somebody else proposed: what it withheld is recorded',
      body: DecisionRequest,
      params: AdjustmentParams,
      run: ({ params, command }) => decideOnAdjustment(recording(), params['id'] ?? '', 'approve', command),
    }),
    commandRoute({
      path: '/api/adjustments/{id}/refusal',
      permission: 'adjustments:decide',
      operationId: 'declineAdjustment',
      summary: 'Decline an adjustment: what it withheld is never recorded',
      body: DecisionRequest,
      params: AdjustmentParams,
      run: ({ params, command }) => decideOnAdjustment(recording(), params['id'] ?? '', 'decline', command),
    }),
  ];
}
