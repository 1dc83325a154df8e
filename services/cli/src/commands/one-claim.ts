import { stepTitle, valueInWords } from '@ledger/pages';
import { memberOf, rowsOf, table, text, textsOf } from '../output';
import { foot } from './foot';

/** Whole pence as pounds; nothing where there are none. */
export function pounds(pence: unknown): string {
  if (typeof pence !== 'number') return '';
  return valueInWords('pence', pence);
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)];
}

function yearTable(claim: unknown): string {
  const amounts = ['estimated', 'delivered', 'cost', 'net', 'attributed', 'verified'];
  return table(
    [
      'year',
      'estimated',
      'delivered',
      'cost',
      'net',
      'put down to the programme',
      'verified',
      'why not the rest',
    ],
    rowsOf(claim, 'years').map((year) => [
      year['year'],
      ...amounts.map((name) => pounds(year[`${name}Pence`])),
      year['reason'],
    ]),
  );
}

function whatItSays(answer: unknown, claim: unknown): readonly string[] {
  const content = memberOf(answer, 'content');
  const bodies = rowsOf(claim, 'bodies').map((body) => text(body['name']));
  const labelled = ['method', 'service', 'project'].flatMap((name) => {
    const said = memberOf(content, name);
    return said === undefined ? [] : [`${name} ${text(said)}`];
  });
  return [
    `${text(memberOf(claim, 'title'))}: ${text(memberOf(claim, 'realisation'))}, ${text(memberOf(claim, 'assurance'))}`,
    [text(memberOf(claim, 'gainType')), ...bodies, ...labelled].join('; '),
  ];
}

function baselineLines(answer: unknown): readonly string[] {
  const baseline = memberOf(answer, 'baseline');
  const said = memberOf(baseline, 'said');
  if (said === undefined) return [];
  const names = memberOf(answer, 'names');
  const agreed = textsOf(names, 'agreed').at(-1);
  const share = memberOf(said, 'attributionHundredths');
  return [
    `${pounds(memberOf(said, 'valuePence'))}: ${text(memberOf(said, 'source'))}, ${text(memberOf(said, 'priceBasis'))}`,
    ...(typeof share === 'number'
      ? [`${valueInWords('shareHundredths', share)}% is put down to the programme`]
      : []),
    `proposed by ${text(memberOf(names, 'proposed'))}, ${memberOf(baseline, 'agreedBy') === null ? 'not agreed' : `agreed by ${text(agreed)}`}`,
  ];
}

function threadLine(one: Readonly<Record<string, unknown>>): string {
  const answered = one['answer'] === null ? '' : ` — ${text(memberOf(one['answer'], 'text'))}`;
  return `${text(one['query'])}  due ${text(one['due'])}: ${text(memberOf(one['question'], 'text'))}${answered}`;
}

function overlapLine(one: Readonly<Record<string, unknown>>): string {
  const decided = one['resolved'] ?? (one['blocking'] === true ? 'TO BE DECIDED' : 'shown only');
  const other = one['claim'];
  const named =
    other === null
      ? 'a claim that you may not read'
      : `${text(memberOf(other, 'id'))}  ${text(memberOf(other, 'title'))}`;
  return `${named} (${textsOf(one, 'because').join(', ')}): ${text(decided)}`;
}

function worksheetLines(answer: unknown): readonly string[] {
  const worksheet = memberOf(answer, 'worksheet');
  if (worksheet === null) return [];
  return [
    `grade: ${text(memberOf(worksheet, 'grade'))}`,
    ...rowsOf(worksheet, 'tests').map((one) => {
      const effect = one['effectPence'] === undefined ? '' : `, ${pounds(one['effectPence'])}`;
      return `${text(one['test'])}: ${text(one['result'])}${effect}${one['note'] === null ? '' : ` — ${text(one['note'])}`}`;
    }),
  ];
}

/** A claim for people: what it says, what comes next and stands in its way, and what it rests on. */
export function oneClaim(answer: unknown): string {
  const claim = memberOf(answer, 'claim');
  const story = rowsOf(answer, 'history').map((step) => [
    step['position'],
    stepTitle(text(step['type'])),
    step['by'],
    step['note'],
  ]);
  return [
    ...whatItSays(answer, claim),
    '',
    yearTable(claim),
    '',
    `Next: ${text(memberOf(answer, 'next'))}`,
    ...section('What stands in the way of verifying it', textsOf(answer, 'blockers')),
    ...section('Baseline', baselineLines(answer)),
    ...section(
      'Evidence',
      rowsOf(answer, 'evidence').map(
        (one) =>
          `${text(one['evidence'])}  ${text(one['title'])} (${text(one['sort'])}): ${text(one['state'])}`,
      ),
    ),
    ...section('Claims that may count the same gain', rowsOf(answer, 'overlaps').map(overlapLine)),
    ...section('Audit worksheet', worksheetLines(answer)),
    ...section('Queries', rowsOf(answer, 'thread').map(threadLine)),
    ...section('How it came to this', table(['position', 'step', 'by', 'note'], story).split('\n')),
    foot(answer),
  ].join('\n');
}
