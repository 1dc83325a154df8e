import { dateInWords, financialYearLabel } from '@ledger/calendar';
import { shareOf, type StandingLine } from '@ledger/domain';
import type { ExplainedCouncil, ExplainedLine, Explanation, ExplainQuestion, LeftOut } from '../answers';
import { QuestionRefusedError, type Asking, type Ground } from '../asking';
import { nextTurn } from '../../lines/next-turn';
import { ListedLines, type Lines } from '../lines';
import { cite, evaluateMeasure } from '../measure-evaluation';
import { provisional } from '../periods/provisional';
import { amountOf, gainsOf, notApportionedOf } from '../savings-tables/gains';
import { explainCell } from '../savings-tables/explain-cell';
import { ruleOfTable } from '../savings-tables/gains-table';
import { savingsRule } from '../savings-tables/savings-table';
import { poundsOf, showPounds, showValue, valueOf } from '../showing';
import { groupMembers, referenceDateOf } from '../take-up/take-up';
import { partyRows, partyRule } from '../take-up/take-up-by-party';
import { labelOf, reached, takeUpRule } from '../take-up/take-up-lines';
import { smallGroupsOf } from '../take-up/small-groups';
import { isHidden, type Viewer } from '../viewer';
import { readable } from '../log-streams';

const usualLimit = 50;
const largestLimit = 500;

/** A figure with the lines it is made of, before a page of them is shown. */
type Explained = Pick<Explanation, 'question' | 'value' | 'unit' | 'shown' | 'rule' | 'leftOut'> &
  Partial<Pick<Explanation, 'numerator' | 'base' | 'councils'>> & { readonly lines: Lines };

async function explainTotal(
  asking: Asking,
  ground: Ground,
  question: Extract<ExplainQuestion, { ask: 'annual-total' }>,
): Promise<Explained> {
  const { measure, rule, evaluation, lines } = await evaluateMeasure(asking, ground, question);
  return {
    question: `${measure.label}, ${periodInWords(question)}`,
    value: valueOf(measure, evaluation),
    unit: measure.unit,
    shown: showValue(measure, evaluation),
    ...(evaluation.base !== undefined && { numerator: evaluation.value, base: evaluation.base }),
    rule: cite(rule),
    leftOut: evaluation.remainders,
    lines: await lines(),
  };
}

/** The year, the part of it, or the quarter that a question is about. */
function periodInWords({
  year,
  asAt,
  quarter,
}: Pick<Extract<ExplainQuestion, { ask: 'annual-total' }>, 'year' | 'asAt' | 'quarter'>): string {
  const label = financialYearLabel(year);
  if (asAt !== undefined) return `${label} as at ${dateInWords(asAt)}`;
  if (quarter === undefined) return label;
  return quarter === 'not-known' ? `${label}, quarter not known` : `quarter ${quarter} of ${label}`;
}

/** A share: the councils of the base with the register events that put them there, and the lines of those that count. */
async function explainShare(
  asking: Asking,
  ground: Ground,
  question: Extract<ExplainQuestion, { ask: 'take-up' }>,
): Promise<Explained> {
  const { of, year, by, group } = question;
  const date = referenceDateOf(question);
  const who = await reached(asking, ground, { of, year, referenceDate: date });
  const asked = `${labelOf(ground, of)}, ${financialYearLabel(year)}: ${group}`;
  if (by === 'party') {
    const { rows, total } = partyRows(await who.parties());
    const persons = rows.find(({ party }) => party === group)?.persons;
    if (persons === undefined) throw unknownGroup(group, by);
    if (persons === null)
      throw new QuestionRefusedError(
        'WITHHELD',
        'group',
        `The records of “${group}” are withheld: they are of too few people.`,
      );
    const share = shareOf(persons, total);
    const lines = new ListedLines((await who.lines()).all().filter(({ line }) => line.party === group));
    return { question: asked, ...shareFields(share), rule: partyRule, leftOut: who.leftOut, lines };
  }
  const all = group === 'All councils';
  const groups = groupMembers(ground, who.bodies, all ? 'all' : by, date);
  const members = groups.find((one) => one.group === group);
  if (members === undefined) throw unknownGroup(group, by);
  if (!all && smallGroupsOf(ground, of, question.viewer, groups).has(group))
    throw new QuestionRefusedError(
      'WITHHELD',
      'group',
      `The councils of “${group}” are withheld: they are few, and the support was given discreetly.`,
    );
  const counts = new Set(members.numerator.map(({ bodyId }) => bodyId));
  const councils: ExplainedCouncil[] = members.base.map(({ bodyId, name, eventIds }) => ({
    id: bodyId,
    name,
    counts: counts.has(bodyId),
    registerEvents: eventIds,
  }));
  return {
    question: asked,
    ...shareFields(shareOf(counts.size, councils.length, 'no councils')),
    rule: takeUpRule,
    councils,
    leftOut: who.leftOut,
    lines: (await who.lines()).ofBodies(counts),
  };
}

function shareFields(
  share: ReturnType<typeof shareOf>,
): Pick<Explained, 'value' | 'unit' | 'shown' | 'numerator' | 'base'> {
  const { numerator, base, percentage, shown } = share;
  return { value: percentage ?? 0, unit: 'percent', shown, numerator, base };
}

function unknownGroup(group: string, by: string): QuestionRefusedError {
  return new QuestionRefusedError(
    'UNKNOWN_GROUP',
    'group',
    `There is no group “${group}” by ${by} in this answer.`,
  );
}

async function explainSavings(
  asking: Asking,
  ground: Ground,
  question: Extract<ExplainQuestion, { ask: 'savings' }>,
): Promise<Explained> {
  const { area, notApportioned = false, ...rest } = question;
  const filter = { ...rest, ...(area !== undefined && { area: area === 'none' ? null : area }) };
  const lines = notApportioned
    ? await notApportionedOf(asking, ground, filter)
    : await gainsOf(asking, ground, filter);
  const { value, shown } = amountOf(lines);
  const of = [area, question.realisation, question.gainType].filter((part) => part !== undefined).join(', ');
  return {
    question: `Gains, ${financialYearLabel(question.year)}${of === '' ? '' : `: ${of}`}`,
    value,
    unit: 'GBP',
    shown,
    rule: savingsRule,
    leftOut: [] satisfies LeftOut[],
    lines,
  };
}

async function explainGains(
  asking: Asking,
  ground: Ground,
  question: Extract<ExplainQuestion, { ask: 'savings-table' }>,
): Promise<Explained> {
  const { words, pence, lines } = await explainCell(asking, ground, question);
  return {
    question: words,
    value: poundsOf(pence),
    unit: 'GBP',
    shown: showPounds(pence),
    rule: ruleOfTable(question.by),
    leftOut: [] satisfies LeftOut[],
    lines,
  };
}

function explained(asking: Asking, ground: Ground, question: ExplainQuestion): Promise<Explained> {
  switch (question.ask) {
    case 'annual-total':
      return explainTotal(asking, ground, question);
    case 'take-up':
      return explainShare(asking, ground, question);
    case 'savings':
      return explainSavings(asking, ground, question);
    case 'savings-table':
      return explainGains(asking, ground, question);
    default: {
      const never: never = question;
      return never;
    }
  }
}

/**
 * Takes the names out that a viewer may not see (E9). Councils that count by open offers stay; of the others it
 * says how many there are, so that nobody can tell who had restricted support.
 */
function withoutHiddenNames(ground: Ground, viewer: Viewer, figure: Explained): Explained {
  const hidden = (offer: string | null): boolean => isHidden(ground.catalogue, offer, viewer);
  const { councils, lines } = figure;
  if (councils === undefined || lines.ofOffers(hidden).length === 0) return figure;
  const open = lines.ofOffers((offer) => !hidden(offer)).bodies();
  const named = councils.filter(({ id, counts }) => counts && open.has(id));
  const counted = councils.filter(({ counts }) => counts).length;
  return {
    ...figure,
    councils: named,
    leftOut: [
      ...figure.leftOut,
      { label: 'councils that count by restricted offers, not named', count: counted - named.length },
      { label: 'councils of the base that do not count, not named', count: councils.length - counted },
    ],
  };
}

/** A page of an explanation is named by the position it is of and how far it has come. */
function parseCursor(cursor: string | undefined): { position: bigint; offset: number } | undefined {
  if (cursor === undefined) return undefined;
  const parts = /^(\d{1,15})-(\d{1,9})$/.exec(cursor);
  if (parts === null)
    throw new QuestionRefusedError(
      'INVALID_QUESTION',
      'cursor',
      'The cursor is none of this ledger’s; ask for the first page again.',
    );
  return { position: BigInt(parts[1] ?? 0), offset: Number(parts[2]) };
}

async function lineInWords(
  asking: Asking,
  ground: Ground,
  { line, position }: StandingLine,
  viewer: Viewer,
): Promise<ExplainedLine> {
  const [recorded] = await asking.log.readPage({ after: position - 1n, limit: 1 });
  const event = recorded && readable(recorded);
  const name = line.body === null ? undefined : ground.register.body(line.body)?.name;
  const withheld = isHidden(ground.catalogue, line.offer, viewer);
  return {
    position: String(position),
    event: event?.body.id ?? '',
    type: event?.body.type ?? line.event,
    recordedAt: event?.body.recordedAt ?? '',
    stream: event?.body.stream ?? '',
    kind: line.kind,
    offer: line.offer,
    body: line.body === null || withheld ? null : { id: line.body, name: name ?? line.body },
    withheld,
    role: line.role,
    from: line.from,
    to: line.to,
    quantity: line.quantity,
    illustrative: line.illustrative,
  };
}

/** How many lines are read from the log before others have a turn: a millisecond or two. */
const linesInTurn = 4;

/** Lines with what the log says of them: read some at a time, as each is one look into the log at a place of its own. */
async function inWords(
  asking: Asking,
  ground: Ground,
  page: readonly StandingLine[],
  viewer: Viewer,
): Promise<readonly ExplainedLine[]> {
  const told: ExplainedLine[] = [];
  for (let at = 0; at < page.length; at += linesInTurn) {
    await nextTurn();
    const lines = page.slice(at, at + linesInTurn);
    told.push(...(await Promise.all(lines.map(async (line) => lineInWords(asking, ground, line, viewer)))));
  }
  return told;
}

/** Explains a figure down to its events: what it is, by which rule, and the lines it is made of, a page at a time. */
export async function explain(asking: Asking, question: ExplainQuestion): Promise<Explanation> {
  const at = parseCursor(question.cursor);
  // Further pages are of the same position as the first, so that no line comes twice or is missed.
  const ground = await asking.ground(at === undefined ? question.at : { position: at.position });
  const { lines, ...figure } = withoutHiddenNames(
    ground,
    question.viewer,
    await explained(asking, ground, question),
  );
  const offset = at?.offset ?? 0;
  const limit = Math.min(question.limit ?? usualLimit, largestLimit);
  const page = lines.page(offset, limit);
  const next = offset + page.length;
  return {
    ...ground.answered,
    illustrative: lines.illustrative,
    ...figure,
    standing: provisional,
    lineCount: lines.length,
    lines: await inWords(asking, ground, page, question.viewer),
    next: next < lines.length ? `${ground.position}-${next}` : null,
  };
}
