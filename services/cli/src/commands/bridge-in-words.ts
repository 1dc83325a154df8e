import { stepTitle } from '@ledger/pages';
import { memberOf, rowsOf, table, text } from '../output';
import { foot } from './foot';
import { pounds } from './one-claim';

type Row = readonly unknown[];

/** A claim of a line by what it changed, and the events that it opens to. */
function claimRows(claim: Readonly<Record<string, unknown>>): readonly Row[] {
  const changed = pounds(Number(claim['afterPence']) - Number(claim['beforePence']));
  if (claim['id'] === null) return [['  a claim that you may not read', '', changed]];
  return [
    [`  ${text(claim['id'])} ${text(claim['title'])}`, '', changed],
    ...rowsOf(claim, 'events').map((event) => [
      `    position ${text(event['position'])}: ${stepTitle(text(event['type']))}`,
      '',
      '',
    ]),
  ];
}

/** A line, and under it its claims, the largest change first. */
function lineRows(line: Readonly<Record<string, unknown>>): readonly Row[] {
  const named = rowsOf(line, 'largest');
  const more = Number(line['claims']) - named.length;
  return [
    [line['cause'], line['claims'], pounds(line['pence'])],
    ...named.flatMap(claimRows),
    ...(more > 0 ? [[`  and ${more} more`, '', '']] : []),
  ];
}

/** A bridge for people: what lies between its ends, each line opened to its claims and their events. */
export function bridgeInWords(answer: unknown): string {
  const [from, to] = [memberOf(answer, 'from'), memberOf(answer, 'to')];
  const end = (one: unknown): string =>
    `${text(memberOf(one, 'year'))} at ${text(memberOf(one, 'position'))}`;
  return [
    table(
      ['', 'claims', 'pounds'],
      [
        [end(from), '', pounds(memberOf(from, 'pence'))],
        ...rowsOf(answer, 'lines').flatMap(lineRows),
        [end(to), '', pounds(memberOf(to, 'pence'))],
      ],
    ),
    text(memberOf(answer, 'label')),
    foot(answer),
  ].join('\n');
}
