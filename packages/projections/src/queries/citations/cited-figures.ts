import type { CitedQuestion } from '@ledger/domain';
import type { LedgerQueries } from '../answers';
import { annualTotalFigures } from './annual-total-figures';
import { citedKey, type CitedFigure, type CitedTable, type CitedTableQuestion } from './cited-figure';
import { savingsFigures } from './savings-figures';
import { savingsTableFigures } from './savings-table-figures';
import { takeUpFigures } from './take-up-figures';

/** The questions whose answers can be cited. */
export type CitableQueries = Pick<
  LedgerQueries,
  'annualTotals' | 'quarterlyTotals' | 'takeUp' | 'savings' | 'gainsTable'
>;

async function tableOf(
  queries: CitableQueries,
  { question, measures, at }: CitedTableQuestion,
): Promise<CitedTable> {
  switch (question.ask) {
    case 'annual-total': {
      const { measure } = question.parameters;
      const only = measure === undefined ? measures : [measure];
      return annualTotalFigures(queries, question.parameters, {
        ...(only !== undefined && { measures: only }),
        ...(at !== undefined && { at }),
      });
    }
    case 'take-up':
      return takeUpFigures(queries, question.parameters, at);
    case 'savings':
      return savingsFigures(queries, question.parameters, at);
    case 'savings-table':
      return savingsTableFigures(queries, question.parameters, at);
    default: {
      const never: never = question;
      return never;
    }
  }
}

/** Names of the same are written in one way: `2019/20`, whatever the question said. */
function namesOf(question: CitedQuestion, { figures }: CitedTable): Readonly<Record<string, string>> {
  const [first] = figures;
  const names: Record<string, string> = {};
  for (const [name, value] of Object.entries(question.parameters))
    if (typeof value === 'string') names[name] = value;
  return { ...names, ...(first?.parameters['year'] !== undefined && { year: first.parameters['year'] }) };
}

/**
 * Figures as they can be cited: every one of a table that has the parameters of the question.
 * @throws QuestionRefusedError where the question cannot be asked
 */
export async function citedFigures(queries: CitableQueries, asked: CitedTableQuestion): Promise<CitedTable> {
  const table = await tableOf(queries, asked);
  const names = Object.entries(namesOf(asked.question, table));
  const figures = table.figures.filter(({ parameters }) =>
    names.every(([name, value]) => parameters[name] === value),
  );
  return { ...table, figures };
}

/** The one figure that a question names whole, of a table. */
export function theFigure(question: CitedQuestion, table: CitedTable): CitedFigure | undefined {
  const key = citedKey({ ask: question.ask, parameters: namesOf(question, table) });
  return table.figures.find((figure) => citedKey(figure) === key);
}
