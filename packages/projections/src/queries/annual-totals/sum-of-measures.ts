import { financialYearLabel } from '@ledger/calendar';
import { mayBeAdded } from '@ledger/domain';
import type { AskedAt, MeasureSum } from '../answers';
import { QuestionRefusedError, type Asking } from '../asking';
import { evaluateMeasure, measureOf } from '../measure-evaluation';
import { provisional } from '../periods/provisional';
import { showValue, valueOf } from '../showing';

/**
 * Several measures of one year added, under a label that names each.
 * @throws UnlikeMeasuresError for measures that differ in unit or kind, or may be added to nothing (S3)
 */
export async function sumOfMeasures(
  asking: Asking,
  question: { readonly measures: readonly string[]; readonly year: number; readonly at?: AskedAt },
): Promise<MeasureSum> {
  const ground = await asking.ground(question.at);
  const measures = [...new Set(question.measures)].map((id) => measureOf(ground, id));
  const [first] = measures;
  if (first === undefined)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'measures',
      'Name the measures to add, parted by commas.',
    );
  mayBeAdded(measures);
  let value = 0;
  let illustrative = false;
  for (const { id } of measures) {
    const { evaluation } = await evaluateMeasure(asking, ground, { measure: id, year: question.year });
    value += evaluation.value;
    illustrative ||= evaluation.illustrative;
  }
  return {
    ...ground.answered,
    illustrative,
    year: financialYearLabel(question.year),
    label: measures.map(({ label }) => label).join(' + '),
    value: valueOf(first, { value }),
    unit: first.unit,
    shown: showValue(first, { value }),
    standing: provisional,
  };
}
