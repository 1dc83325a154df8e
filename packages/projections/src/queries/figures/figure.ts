import { shareOf, type FigureQuery } from '@ledger/domain';
import type { AskedAt, FigureAnswer } from '../answers';
import type { Asking, Ground } from '../asking';
import { beside, sourceOf } from '../comparing';
import type { Lines } from '../lines';
import { cite, evaluateMeasure } from '../measure-evaluation';
import { provisional } from '../periods/provisional';
import type { PublishedFigures } from '../published-figures';
import { savingsRule } from '../savings-tables/savings-table';
import { amountOf, gainsOf } from '../savings-tables/gains';
import { pathWith, showValue, valueOf } from '../showing';
import { groupMembers, referenceDateOf } from '../take-up/take-up';
import { partyRows, partyRule } from '../take-up/take-up-by-party';
import { reached, takeUpRule } from '../take-up/take-up-lines';
import { QuestionRefusedError } from '../asking';
import { questionParameters } from '../explain/question-parameters';

/** Units in the words of published figures, so that the two can be read side by side; everything else is counted. */
const publishedUnits: Readonly<Record<string, string>> = {
  GBP: 'GBP',
  day: 'days',
  percent: 'percent',
  ratio: 'ratio',
};

/** What a question computes, with what it is made of. */
interface ComputedFigure {
  readonly computed: Omit<NonNullable<FigureAnswer['computed']>, 'position' | 'explain' | 'standing'>;
  readonly illustrative: boolean;
  readonly lines: () => Promise<Lines>;
}

/** Computes the question a figure is mapped to; undefined where it is never computed (a target). */
async function compute(
  asking: Asking,
  ground: Ground,
  query: FigureQuery,
): Promise<ComputedFigure | undefined> {
  switch (query.ask) {
    case 'annual-total': {
      const { measure, rule, evaluation, lines } = await evaluateMeasure(asking, ground, query);
      const ratio = evaluation.base !== undefined && { numerator: evaluation.value, base: evaluation.base };
      return {
        illustrative: evaluation.illustrative,
        lines,
        computed: {
          value: valueOf(measure, evaluation),
          unit: publishedUnits[measure.unit] ?? 'count',
          shown: showValue(measure, evaluation),
          ...ratio,
          rule: cite(rule),
        },
      };
    }
    case 'take-up': {
      const date = referenceDateOf(query);
      const who = await reached(asking, ground, { of: query, year: query.year, referenceDate: date });
      if (query.by === 'party') {
        const { rows, total } = partyRows(await who.parties());
        const persons = rows.find(({ party }) => party === query.group)?.persons ?? 0;
        const { percentage, shown } = shareOf(persons, total);
        const computed = {
          value: percentage ?? 0,
          unit: 'percent',
          shown,
          numerator: persons,
          base: total,
          rule: partyRule,
        };
        return { illustrative: who.illustrative, lines: who.lines, computed };
      }
      const groups = groupMembers(ground, who.bodies, query.by, date);
      const members = query.by === 'all' ? groups[0] : groups.find(({ group }) => group === query.group);
      if (members === undefined)
        throw new QuestionRefusedError(
          'UNKNOWN_GROUP',
          'group',
          `There is no group “${query.group}” by ${query.by}.`,
        );
      const { numerator, base, percentage, shown } = shareOf(
        members.numerator.length,
        members.base.length,
        'no councils',
      );
      const inGroup = new Set(members.numerator.map(({ bodyId }) => bodyId));
      const lines = (await who.lines()).ofBodies(inGroup);
      return {
        illustrative: lines.illustrative,
        lines: async () => lines,
        computed: { value: percentage ?? 0, unit: 'percent', shown, numerator, base, rule: takeUpRule },
      };
    }
    case 'savings': {
      const lines = await gainsOf(asking, ground, query);
      const { value, shown } = amountOf(lines);
      return {
        illustrative: lines.illustrative,
        lines: async () => lines,
        computed: { value, unit: 'GBP', shown, rule: savingsRule },
      };
    }
    case 'savings-target':
      return undefined;
    default: {
      const never: never = query;
      return never;
    }
  }
}

/** A published figure, what is computed for it, and whether the two may be compared. */
export async function figure(
  asking: Asking,
  published: PublishedFigures,
  id: string,
  at?: AskedAt,
): Promise<FigureAnswer | undefined> {
  const ground = await asking.ground(at);
  const found = await published.find(id, ground.upTo);
  if (found === undefined) return undefined;
  const query = published.queryOf(id);
  const result = query && (await compute(asking, ground, query));
  const comparison = await beside(
    ground,
    found,
    result && {
      value: result.computed.value,
      ...(result.computed.base !== undefined && { base: result.computed.base }),
      illustrative: result.illustrative,
      lines: result.lines,
      year: found.financialYear,
    },
  );
  return {
    ...ground.answered,
    illustrative: result?.illustrative === true,
    figure: id,
    published: {
      value: Number(found.value),
      unit: found.unit,
      qualifier: found.qualifier,
      source: sourceOf(found),
    },
    ...(result !== undefined &&
      query !== undefined && {
        computed: {
          ...result.computed,
          standing: provisional,
          position: ground.answered.position,
          explain: pathWith('/api/explain', questionParameters(query, ground.answered.asRecordedBy)),
        },
      }),
    comparable: comparison.comparable,
    reason:
      query?.ask === 'savings-target' ? 'a target, not a result: it is never computed' : comparison.reason,
  };
}
