import { parseFinancialYear } from '@ledger/calendar';
import type { CitedParameters, TakeUpOf } from '@ledger/domain';
import type { AskedAt, LedgerQueries, TakeUpRow } from '../answers';
import { QuestionRefusedError } from '../asking';
import { thePublic } from '../viewer';
import type { CitedTable } from './cited-figure';

/** @throws QuestionRefusedError where it does not say of what, or says it twice */
function ofWhat({ measure, offer, programme }: CitedParameters<'take-up'>): TakeUpOf {
  const given: TakeUpOf[] = [
    ...(measure === undefined ? [] : [{ measure }]),
    ...(offer === undefined ? [] : [{ offer }]),
    ...(programme === undefined ? [] : [{ programme }]),
  ];
  const [of] = given;
  if (of === undefined || given.length > 1)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'parameters.measure',
      'Say what the take-up is of: one of measure, offer and programme.',
    );
  return of;
}

/** Take-up by group, as everybody may see it: what is withheld from some is withheld from the public. */
export async function takeUpFigures(
  queries: Pick<LedgerQueries, 'takeUp'>,
  parameters: CitedParameters<'take-up'>,
  at: AskedAt | undefined,
): Promise<CitedTable> {
  const { year: text, by, referenceDate } = parameters;
  const of = ofWhat(parameters);
  const answer = await queries.takeUp({
    viewer: thePublic,
    of,
    year: parseFinancialYear(text) ?? 0,
    by,
    ...(referenceDate !== undefined && { referenceDate }),
    ...(at !== undefined && { at }),
  });
  const { rows, total, rule, excluded: _, of: words, year, referenceDate: day, ...answered } = answer;
  const when = `${year}, as at ${day}`;
  const figure = (row: TakeUpRow): CitedTable['figures'][number] => ({
    ask: 'take-up' as const,
    parameters: {
      ...of,
      year,
      by,
      group: row.group,
      ...(referenceDate !== undefined && { referenceDate }),
    },
    label: `Take-up of ${words}, ${row.group}, ${when}`,
    rule,
    value: row.withheld ? null : String(row.percentage ?? 0),
    unit: 'percent',
    shown: row.shown,
    ...(row.numerator !== null && { numerator: row.numerator }),
    base: row.base,
    standing: row.standing,
    illustrative: answer.illustrative,
  });
  return {
    ...answered,
    title: `Take-up of ${words} by ${by}, ${when}`,
    figures: [...rows, total].map(figure),
  };
}
