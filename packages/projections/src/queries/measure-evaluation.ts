import { financialYearSpan } from '@ledger/calendar';
import {
  countingRule,
  type AnnualTotalQuery,
  type CountingRule,
  type Evaluation,
  type Measure,
  type Selection,
  type Span,
} from '@ledger/domain';
import type { RuleCited } from './answers';
import { QuestionRefusedError, type Asking, type Ground } from './asking';
import { selectionOf, selectLines } from './select-lines';

/** The measure in force under an id. @throws QuestionRefusedError naming the ones there are */
export function measureOf(ground: Ground, id: string): Measure {
  const measure = ground.catalogue.measures.get(id);
  if (measure === undefined)
    throw new QuestionRefusedError(
      'UNKNOWN_MEASURE',
      'measure',
      `There is no measure “${id}”. Measures are: ${[...ground.catalogue.measures.keys()].join(', ')}.`,
    );
  return measure;
}

/** The code of a measure's rule. @throws QuestionRefusedError where this release has no such rule */
export function ruleOf(measure: Measure): CountingRule {
  const rule = countingRule(measure.rule);
  if (rule === undefined)
    throw new QuestionRefusedError(
      'UNKNOWN_MEASURE',
      'measure',
      `The measure “${measure.id}” counts by the rule ${measure.rule}, which this release does not have.`,
    );
  return rule;
}

export function cite(rule: CountingRule): RuleCited {
  return { id: rule.id, words: rule.words };
}

/** Checks the offer and programme a question names. @throws QuestionRefusedError */
export function checkOffers(
  ground: Ground,
  { offer, programme }: { offer?: string; programme?: string },
): void {
  const { offers, programmes } = ground.catalogue;
  if (offer !== undefined && !offers.has(offer))
    throw new QuestionRefusedError(
      'UNKNOWN_OFFER',
      'offer',
      `There is no offer “${offer}”; the offers are at /api/offers.`,
    );
  if (programme !== undefined && !programmes.has(programme))
    throw new QuestionRefusedError(
      'UNKNOWN_PROGRAMME',
      'programme',
      `There is no programme “${programme}”. Programmes are: ${[...programmes.keys()].join(', ')}.`,
    );
}

/** Narrows a selection by what a question adds to it. */
function narrowed(
  selection: Selection,
  { offer, programme, roles }: Pick<AnnualTotalQuery, 'offer' | 'programme' | 'roles'>,
): Selection {
  return {
    ...selection,
    ...(offer !== undefined && { offers: [offer] }),
    ...(programme !== undefined && { programmes: [programme] }),
    ...(roles !== undefined && { roles: [...roles] }),
  };
}

/** The days a question is about: the year, or the part of it up to a day. */
function spanOf({ year, asAt }: Pick<AnnualTotalQuery, 'year' | 'asAt'>): Span {
  const span = financialYearSpan(year);
  return asAt === undefined ? span : { from: span.from, to: asAt };
}

/** One measure, counted by its rule over the span of the question. */
export async function evaluateMeasure(
  asking: Asking,
  ground: Ground,
  question: Omit<AnnualTotalQuery, 'ask'>,
): Promise<{ readonly measure: Measure; readonly rule: CountingRule; readonly evaluation: Evaluation }> {
  const measure = measureOf(ground, question.measure);
  checkOffers(ground, question);
  const rule = ruleOf(measure);
  const lines = await selectLines(asking, ground, narrowed(selectionOf(measure), question));
  const { kind, parameters } = measure;
  return { measure, rule, evaluation: rule.evaluate({ lines, span: spanOf(question), kind, parameters }) };
}
