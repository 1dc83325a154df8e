import { Slug } from '@ledger/events';
import { route, sendJson, type Route } from '@ledger/http';
import type { PeriodAnswer, PeriodsAnswer, PeriodStep } from '@ledger/projections';
import { z } from 'zod';
import { asked, askedAt, Year, yearOf } from './parameters';
import { question, sendCsv, waited, wantsCsv, type ReportingParts } from './reporting-parts';
import { changesCsv } from './tables';

/** A closing or reopening with who did it and the text of its note. */
export interface ToldPeriodStep extends PeriodStep {
  readonly by: string;
  readonly note: string | null;
}

export interface ToldPeriods extends Omit<PeriodsAnswer, 'periods'> {
  readonly periods: readonly (Omit<PeriodAnswer, 'steps'> & { readonly steps: readonly ToldPeriodStep[] })[];
}

/** Joins names and notes, which are in the vault. */
export async function toldPeriods(parts: ReportingParts, answer: PeriodsAnswer): Promise<ToldPeriods> {
  const told = async (step: PeriodStep): Promise<ToldPeriodStep> => ({
    ...step,
    by: await parts.nameOf(step.actor),
    note: step.noteRef === null ? null : ((await parts.note(step.noteRef)) ?? '(erased)'),
  });
  const periods = await Promise.all(
    answer.periods.map(async (period) => ({ ...period, steps: await Promise.all(period.steps.map(told)) })),
  );
  return { ...answer, periods };
}

/** The quarter or programme whose changes are asked for, and the page. */
export const ChangesOf = z.object({
  quarter: z
    .enum(['1', '2', '3', '4'])
    .optional()
    .describe('Of this quarter, where it was closed by itself.'),
  programme: Slug.optional().describe('Of this programme, where it was closed by itself.'),
  cursor: z.string().max(40).optional(),
});

export function changesOf({ quarter, programme, cursor }: z.infer<typeof ChangesOf>): {
  quarter?: 1 | 2 | 3 | 4;
  programme?: string;
  cursor?: string;
} {
  const number = ([1, 2, 3, 4] as const).find((one) => String(one) === quarter);
  return {
    ...(number !== undefined && { quarter: number }),
    ...(programme !== undefined && { programme }),
    ...(cursor !== undefined && { cursor }),
  };
}

/** Which quarters and years are closed. */
export function periodRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    route({
      ...question,
      path: '/api/periods',
      operationId: 'periods',
      summary: 'Which quarters and years are closed, and every closing and reopening',
      query: z.strictObject({ asRecordedBy: asked.asRecordedBy, after: asked.after }),
      answers: 'The years with what is closed of each, and by whom and when it was closed or reopened.',
      handle: async ({ query, response }) => {
        const found = await waited(parts, query.after);
        const answer = await found.queries.periods(askedAt(query.asRecordedBy, found.today()));
        sendJson(response, await toldPeriods(found, answer));
      },
    }),
    route({
      ...question,
      path: '/api/periods/{year}/changes',
      operationId: 'changesAfterClose',
      summary: 'What changed a year after it was closed, each change with its effect',
      params: z.strictObject({ year: Year }),
      query: z.strictObject({ ...asked, ...ChangesOf.shape }),
      answers:
        'The changes by records, register, catalogue and rules with their effect in counts and pounds, and the figures brought forward and publications that they bear on; and whether each was recorded across the close, behind a closing that it was decided before.',
      handle: async ({ params, query, actor, response }) => {
        const found = await waited(parts, query.after);
        const answer = await found.queries.changesAfterClose({
          year: yearOf(params.year),
          ...changesOf(query),
          at: askedAt(query.asRecordedBy, found.today()),
        });
        if (wantsCsv(query.format, response)) {
          found.audited(actor, 'records-exported', ['changes-after-close.csv']);
          sendCsv(response, `changes-after-close-${yearOf(params.year)}`, changesCsv(answer));
        } else sendJson(response, answer);
      },
    }),
  ];
}
