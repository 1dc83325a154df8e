import { financialYearLabel, financialYearSpan } from '@ledger/calendar';
import { existsOn, groupNames, groupOf, unknownGroup, type CouncilAt } from '@ledger/councils';
import { shareOf, type Share } from '@ledger/domain';
import type { AnsweredAt, LeftOut, TakeUp, TakeUpQuestion, TakeUpRow } from '../answers';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { beside } from '../comparing';
import { provisional } from '../periods/provisional';
import type { PublishedFigures } from '../published-figures';
import { pathWith } from '../showing';
import { smallGroupsOf } from './small-groups';
import { labelOf, reached, takeUpRule, type Reached } from './take-up-lines';
import { partyRows, partyRule } from './take-up-by-party';

/** The councils of one group, and those of them that count. */
export interface GroupMembers {
  readonly group: string;
  readonly base: readonly CouncilAt[];
  readonly numerator: readonly CouncilAt[];
}

/** The reference date of a question: by default the last day of its financial year. */
export function referenceDateOf({
  year,
  referenceDate,
}: Pick<TakeUpQuestion, 'year' | 'referenceDate'>): string {
  const span = financialYearSpan(year);
  if (referenceDate !== undefined && (referenceDate < span.from || referenceDate > span.to))
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'referenceDate',
      `The reference date ${referenceDate} is not in ${financialYearLabel(year)}; choose a day from ${span.from} to ${span.to}.`,
    );
  return referenceDate ?? span.to;
}

interface GrowingGroup {
  readonly group: string;
  readonly base: CouncilAt[];
  readonly numerator: CouncilAt[];
}

const emptyGroup = (group: string): GrowingGroup => ({ group, base: [], numerator: [] });

/** Councils as at the reference date, in their groups as at that date, and who of them was reached. */
export function groupMembers(
  ground: Ground,
  bodies: ReadonlySet<string>,
  by: 'region' | 'type' | 'control' | 'all',
  date: string,
): GroupMembers[] {
  const councils = ground.register.councilsOn(date);
  if (by === 'all')
    return [
      {
        group: 'All councils',
        base: councils,
        numerator: councils.filter(({ bodyId }) => bodies.has(bodyId)),
      },
    ];
  // All groups in one pass: there may be many councils.
  const members = new Map(groupNames(by).map((group) => [group, emptyGroup(group)]));
  for (const council of councils) {
    const group = members.get(groupOf(council, by));
    group?.base.push(council);
    if (bodies.has(council.bodyId)) group?.numerator.push(council);
  }
  // Rows are the groups that some council is in, and always the unknown one (F9).
  return [...members.values()].filter(({ group, base }) => base.length > 0 || group === unknownGroup);
}

function excluded({ register }: Ground, { bodies, leftOut }: Reached, date: string): LeftOut[] {
  let former = 0;
  let others = 0;
  for (const id of bodies) {
    const body = register.body(id);
    if (body?.kind !== 'council') others += 1;
    else if (!existsOn(body, date)) former += 1;
  }
  return [
    { label: 'councils reached that do not exist on the reference date', count: former },
    { label: 'bodies reached that are not councils', count: others },
    ...leftOut,
  ];
}

/** What a row of take-up is asked by, in the words of the address. */
function ofParameters({ of }: Pick<TakeUpQuestion, 'of'>): Record<string, string> {
  return { ...of };
}

function explainPath(ground: Ground, question: TakeUpQuestion, group: string): string {
  return pathWith('/api/explain', {
    ask: 'take-up',
    ...ofParameters(question),
    year: financialYearLabel(question.year),
    by: question.by,
    group,
    referenceDate: question.referenceDate,
    asRecordedBy: ground.answered.asRecordedBy ?? undefined,
  });
}

/** Take-up of a measure, offer or programme in a year, by region, type, control or party (design section 6). */
export async function takeUp(
  asking: Asking,
  published: PublishedFigures,
  question: TakeUpQuestion,
): Promise<TakeUp> {
  const ground = await asking.ground(question.at);
  const date = referenceDateOf(question);
  const label = labelOf(ground, question.of);
  const who = await reached(asking, ground, { ...question, referenceDate: date });
  const answered: AnsweredAt = { ...ground.answered, illustrative: who.illustrative };
  const { of, year, by } = question;

  const row = async (
    group: string,
    share: Share | null,
    base: number,
    asked: typeof by | 'all',
  ): Promise<TakeUpRow> => {
    // What is published of a year is as at its last day.
    const whole = date === financialYearSpan(year).to;
    const figures = whole
      ? await published.matching({ ...of, ask: 'take-up', year, by: asked, group }, ground.upTo)
      : [];
    const { illustrative, lines } = who;
    const computed = share && { value: share.percentage ?? 0, base, illustrative, lines, year };
    return {
      group,
      standing: provisional,
      numerator: share?.numerator ?? null,
      base,
      percentage: share?.percentage ?? null,
      shown: share?.shown ?? (by === 'party' ? 'withheld: fewer than five people' : 'withheld: few councils'),
      withheld: share === null,
      published:
        computed === null ? [] : await Promise.all(figures.map((figure) => beside(ground, figure, computed))),
      explain: explainPath(ground, question, group),
    };
  };

  const common = { ...answered, of: label, year: financialYearLabel(year), by, referenceDate: date };
  if (by === 'party') {
    const { rows, total } = partyRows(await who.parties());
    return {
      ...common,
      rows: await Promise.all(
        rows.map(({ party, persons }) =>
          row(party, persons === null ? null : shareOf(persons, total), total, by),
        ),
      ),
      total: await row('All councillors who took part', shareOf(total, total), total, by),
      rule: partyRule,
      excluded: who.leftOut,
    };
  }
  const groups = groupMembers(ground, who.bodies, by, date);
  const [all] = groupMembers(ground, who.bodies, 'all', date);
  const share = ({ numerator, base }: GroupMembers): Share =>
    shareOf(numerator.length, base.length, 'no councils');
  const small = smallGroupsOf(ground, of, question.viewer, groups);
  return {
    ...common,
    rows: await Promise.all(
      groups.map((group) =>
        row(group.group, small.has(group.group) ? null : share(group), group.base.length, by),
      ),
    ),
    total: await row('All councils', all === undefined ? null : share(all), all?.base.length ?? 0, 'all'),
    rule: takeUpRule,
    excluded: excluded(ground, who, date),
  };
}
