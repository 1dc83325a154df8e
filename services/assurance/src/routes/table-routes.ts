import { parseFinancialYear } from '@ledger/calendar';
import { askedAt, AsRecordedBy, csvOf, route, sendJson, type Route } from '@ledger/http';
import type { GainsTable } from '@ledger/projections';
import { z } from 'zod';
import type { AssuranceParts } from '../parts';
import { publishedOf } from './published-savings';
import { viewerOf } from './viewing';

export const Year = z
  .string()
  .refine((text) => parseFinancialYear(text) !== undefined, 'must be a financial year such as 2016/17')
  .transform((text) => parseFinancialYear(text) ?? 0)
  .describe('A financial year: 2016/17, 2016-17 or 201617.');

/** What the rows of the savings table are. */
export const GainsBy = z.enum(['area', 'programme', 'body']);

const question = { method: 'get', tag: 'assurance', permission: 'figures:read' } as const;
const TableQuestion = z.strictObject({
  year: Year,
  by: GainsBy.optional().describe('Savings areas unless said otherwise.'),
  asRecordedBy: AsRecordedBy,
  after: z.string().max(100).optional(),
  format: z.enum(['json', 'csv']).optional(),
});

/** The table as CSV, amounts in pence, with what its columns add up. */
function gainsCsv(table: GainsTable): string {
  const rows = [...table.rows, { id: 'total', label: 'Total', ...table.total }];
  return csvOf(
    [
      'id',
      'label',
      'financial_year',
      'claims',
      'estimate_pence',
      'delivered_pence',
      'verified_pence',
      'delivered_net_pence',
      'estimate_attributed_pence',
      'delivered_attributed_pence',
      'verified_attributed_pence',
      'delivered_net_attributed_pence',
      'target_pence',
      'estimate_minus_target_pence',
      'delivered_minus_target_pence',
      'lifetime_estimate_pence',
      'delivered_to_date_pence',
      'estimate_is',
      'delivered_is',
      'position',
      'rule',
    ],
    rows.map((row) => [
      row.id ?? 'none',
      row.label,
      table.year,
      row.claims,
      row.estimatePence,
      row.deliveredPence,
      row.verifiedPence,
      row.deliveredNetPence,
      row.estimateAttributedPence,
      row.deliveredAttributedPence,
      row.verifiedAttributedPence,
      row.deliveredNetAttributedPence,
      row.targetPence,
      row.estimateMinusTargetPence,
      row.deliveredMinusTargetPence,
      row.lifetimeEstimatePence,
      row.deliveredToDatePence,
      table.columns.estimate,
      table.columns.delivered,
      table.position,
      table.rule.id,
    ]),
  );
}

/** Two years of now, or one year as recorded by two positions. */
const BridgeQuestion = z.strictObject({
  from: Year,
  to: Year.optional().describe('Another year; left out, the same.'),
  fromRecordedBy: AsRecordedBy,
  toRecordedBy: AsRecordedBy,
  after: z.string().max(100).optional(),
});

/** Tables of savings, and what lies between two of them. */
export function savingsTableRoutes(parts: () => AssuranceParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/savings-table',
      operationId: 'savingsTable',
      summary:
        'Savings of a year by area, programme or body: estimate, delivered, verified, against the target',
      query: TableQuestion,
      answers:
        'Rows and a total in pence, what each column adds up, by which methods it was found, and what of it was published.',
      handle: async ({ query, actor, response }) => {
        const found = parts();
        const { year, by = 'area', asRecordedBy, after, format } = query;
        if (after !== undefined) await found.whenApplied(after);
        const at = askedAt(asRecordedBy, found.recording.parts.today());
        const table = await found.queries.gainsTable({ viewer: viewerOf(actor), year, by, at });
        if (format !== 'csv') {
          sendJson(response, { ...table, published: await publishedOf(found.queries, table, at) });
          return;
        }
        response
          .type('text/csv; charset=utf-8')
          .setHeader('Content-Disposition', `attachment; filename="savings-table-${year}.csv"`);
        response.send(gainsCsv(table));
      },
    }),
    route({
      ...question,
      path: '/api/savings-bridge',
      operationId: 'savingsBridge',
      summary:
        'What lies between the gains of two years, or of one year as recorded by two days or positions',
      query: BridgeQuestion,
      answers: 'Opening, lines by cause with their claims, and closing; they add up to the penny.',
      handle: async ({ query, actor, response }) => {
        const found = parts();
        const { from, to = from, fromRecordedBy, toRecordedBy, after } = query;
        if (after !== undefined) await found.whenApplied(after);
        const today = found.recording.parts.today();
        sendJson(
          response,
          await found.queries.bridge({
            viewer: viewerOf(actor),
            from: { year: from, at: askedAt(fromRecordedBy, today) },
            to: { year: to, at: askedAt(toRecordedBy, today) },
          }),
        );
      },
    }),
  ];
}
