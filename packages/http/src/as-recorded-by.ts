import { isLondonDate } from '@ledger/calendar';
import { z } from 'zod';
import { ProblemError } from './problem';

/** Which day's knowledge a question is answered with. */
export const AsRecordedBy = z
  .string()
  .refine(
    (text) => isLondonDate(text) || /^\d{1,15}$/.test(text),
    'must be a date such as 2017-06-30, or a position',
  )
  .optional()
  .describe('As the ledger knew it at the end of this London date, or at this position.');

/**
 * What `AsRecordedBy` has checked, as questions take it; neither is now.
 * @throws ProblemError for a day to come
 */
export function askedAt(
  text: string | undefined,
  today: string,
): { readonly date?: string; readonly position?: bigint } {
  if (text === undefined) return {};
  if (/^\d+$/.test(text)) return { position: BigInt(text) };
  if (text > today)
    throw new ProblemError(
      400,
      'NOT_RECORDED_YET',
      `${text} is in the future; the ledger knows what was recorded up to today, ${today}.`,
      {
        errors: [{ path: 'asRecordedBy', message: `choose a day up to ${today}` }],
      },
    );
  return { date: text };
}

/**
 * The same of what stands in the address of a page, which nothing has checked.
 * @throws ProblemError 400 for what is neither a day nor a position, or a day to come
 */
export function askedAtOfPage(text: string | undefined, today: string): ReturnType<typeof askedAt> {
  const checked = AsRecordedBy.safeParse(text);
  if (!checked.success)
    throw new ProblemError(
      400,
      'INVALID_REQUEST',
      `“${text ?? ''}” is neither a day such as 2017-06-30 nor a position.`,
    );
  return askedAt(checked.data, today);
}
