import { citedParameters, type CitedAsk } from '@ledger/domain';
import { Label } from '@ledger/events';
import { AsRecordedBy } from '@ledger/http';
import { z } from 'zod';

const common = {
  publication: Label.describe('Where it is printed: a report, a chapter, an annex. It names no person.'),
  table: z
    .boolean()
    .optional()
    .describe('true: every figure of the table that has these parameters; left out, one figure.'),
  asRecordedBy: AsRecordedBy,
};

function publishing<A extends CitedAsk>(
  ask: A,
): z.ZodObject<
  typeof common & { ask: z.ZodLiteral<A>; parameters: (typeof citedParameters)[A] },
  z.core.$strict
> {
  return z.strictObject({ ...common, ask: z.literal(ask), parameters: citedParameters[ask] });
}

/** A request to publish a figure, or those of a table. */
export const PublishRequest = z.discriminatedUnion('ask', [
  publishing('annual-total'),
  publishing('take-up'),
  publishing('savings'),
  publishing('savings-table'),
]);
export type PublishRequest = z.infer<typeof PublishRequest>;
