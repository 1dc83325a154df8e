import { parseFinancialYear } from '@ledger/calendar';
import type { Route } from '@ledger/http';
import { z } from 'zod';
import { closePeriod, reopenPeriod } from '../application/periods';
import type { Recording } from '../application/recording';
import { ClosingRequest, ReopeningRequest } from '../application/request-schemas';
import { commandRoute, type CommandCall } from './command-route';

const YearParams = z.strictObject({
  year: z
    .string()
    .refine((text) => parseFinancialYear(text) !== undefined, 'must be a financial year such as 2016-17')
    .describe('A financial year: 2016-17 or 201617.'),
});

function yearOf({ params }: CommandCall): number {
  return parseFinancialYear(params['year'] ?? '') ?? 0;
}

/** Closing quarters and years, and taking a provisional closing back. */
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
  ];
}
