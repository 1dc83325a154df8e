import { financialYearSpan, quarterSpan } from '@ledger/calendar';
import {
  countingRule,
  type AnnualTotalQuery,
  type Counted,
  type CountingRule,
  type Evaluation,
  type Measure,
  type Quarter,
  type Selection,
  type Span,
} from '@ledger/domain';
import type { RuleCited } from './answers';
import { QuestionRefusedError, type Asking, type Ground } from './asking';
import { dayOfYear } from './day-of-year';
import { dayNumber } from '../lines/day-number';
import type { SelectedLines } from '../lines/selected-lines';
import { ListedLines, type Lines } from './lines';
import { selectionOf, selectLines } from './select-lines';
import { SelectionRollUps } from './selection-roll-ups';

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

/** The measures in force that are named, or all. A name that is none is of none. */
export function measuresAsked(
  { catalogue }: Pick<Ground, 'catalogue'>,
  named: readonly string[] | undefined,
): readonly Measure[] {
  const all = [...catalogue.measures.values()];
  return named === undefined ? all : all.filter(({ id }) => named.includes(id));
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

/** The days a question is about: the year, the part of it up to a day, or a quarter. @throws QuestionRefusedError */
function spanOf({ year, asAt, quarter }: Pick<AnnualTotalQuery, 'year' | 'asAt' | 'quarter'>): Span {
  if (asAt !== undefined && quarter !== undefined)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'quarter',
      'Ask as at a day or for a quarter; the two together are no span of days.',
    );
  if (quarter !== undefined && quarter !== 'not-known') return quarterSpan(year, quarter);
  return { from: financialYearSpan(year).from, to: dayOfYear(year, asAt) };
}

/** Whether a measure has values by quarter: a history is of all time, and a level is of a day. */
function checkQuarter({ kind, label }: Measure, rule: CountingRule, quarter: Quarter | undefined): void {
  if (quarter === undefined) return;
  const problem =
    rule.sequence === true
      ? 'it reads the history of each body or person'
      : kind === 'stock' && quarter === 'not-known'
        ? 'it is a level, and a day always lies in a quarter'
        : undefined;
  if (problem !== undefined)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'quarter',
      `“${label}” is not asked so: ${problem}. Ask for the year, or as at a day.`,
    );
}

/** The lines of a year that are known to lie in it, and in no one quarter of it. */
async function linesInNoQuarter(
  asking: Asking,
  ground: Ground,
  selection: Selection,
  year: number,
): Promise<SelectedLines> {
  const ofQuarters = [1, 2, 3, 4].map((quarter) => {
    const { from, to } = quarterSpan(year, quarter);
    return [dayNumber(from), dayNumber(to)] as const;
  });
  return selectLines(asking, ground, selection, {
    years: [year],
    when: (from, to) => !ofQuarters.some(([first, last]) => from >= first && to <= last),
  });
}

/** A measure as it was counted, and the lines it was counted from for those who want them. */
export interface EvaluatedMeasure {
  readonly measure: Measure;
  readonly rule: CountingRule;
  readonly evaluation: Counted;
  readonly lines: () => Promise<Lines>;
}

/** The lines that a counting rule counts over a span; a sequence rule says itself which. */
export async function countedLines(
  asking: Asking,
  ground: Ground,
  selection: Selection,
  { kind, span, year }: { readonly kind: Measure['kind']; readonly span: Span; readonly year: number },
): Promise<SelectedLines> {
  const [first, last] = [dayNumber(span.from), dayNumber(span.to)];
  if (kind === 'stock')
    return selectLines(asking, ground, selection, { days: { beginsBy: last, endsFrom: last } });
  return selectLines(asking, ground, selection, {
    years: [year],
    days: { beginsFrom: first, endsBy: last },
  });
}

/**
 * One measure, counted by its rule over the span of the question: from roll-ups where they tell, and otherwise from
 * its lines.
 */
export async function evaluateMeasure(
  asking: Asking,
  ground: Ground,
  question: Omit<AnnualTotalQuery, 'ask'>,
): Promise<EvaluatedMeasure> {
  const measure = measureOf(ground, question.measure);
  checkOffers(ground, question);
  const rule = ruleOf(measure);
  const { year, asAt, quarter } = question;
  const selection = narrowed(selectionOf(measure), question);
  checkQuarter(measure, rule, quarter);
  const span = spanOf(question);
  const { kind, parameters } = measure;
  const fromLines = async (on: Ground): Promise<Evaluation> => {
    // Only a sequence looks beyond the year, and a stock is of all time up to its day.
    const years = rule.sequence === true || kind === 'stock' ? undefined : { years: [year, null] };
    const lines =
      quarter === undefined
        ? await selectLines(asking, on, selection, years)
        : quarter === 'not-known'
          ? await linesInNoQuarter(asking, on, selection, year)
          : await countedLines(asking, on, selection, { kind, span, year });
    return rule.evaluate({ lines: lines.all(), span, kind, parameters });
  };
  const ofYear = kind === 'flow' && asAt === undefined && quarter === undefined;
  const key = JSON.stringify([measure.id, selection, year, asAt, quarter]);
  const evaluation = await asking.counted.once(key, ground, async (seen) => {
    const noting = { ...ground, seen };
    const told = ofYear
      ? await rule.evaluateRollUps?.(
          { year, span, parameters },
          new SelectionRollUps(asking, noting, selection),
        )
      : undefined;
    return told ?? countedOf(await fromLines(noting));
  });
  const lines = async (): Promise<Lines> =>
    ofYear && rule.sequence !== true
      ? countedLines(asking, ground, selection, { kind, span, year })
      : new ListedLines((await fromLines(ground)).lines);
  return { measure, rule, evaluation, lines };
}

/** An evaluation without its lines. */
function countedOf({ lines, ...evaluation }: Evaluation): Counted {
  return { ...evaluation, illustrative: new ListedLines(lines).illustrative };
}
