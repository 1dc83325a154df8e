import { route, sendJson, type Route } from '@ledger/http';
import type { PeriodAnswer, PeriodsAnswer, PeriodStep } from '@ledger/projections';
import { z } from 'zod';
import { asked, askedAt } from './parameters';
import { question, waited, type ReportingParts } from './reporting-parts';

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
  ];
}
