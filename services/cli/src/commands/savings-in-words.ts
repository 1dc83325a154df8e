import { memberOf, rowsOf, table, text, textsOf } from '../output';
import { foot } from './foot';
import { pounds } from './one-claim';

/** Columns by their names in the answer, without `Pence`. */
const columns = {
  estimate: 'estimate',
  delivered: 'delivered',
  verified: 'verified',
  target: 'target',
  estimateMinusTarget: 'estimate − target',
  deliveredMinusTarget: 'delivered − target',
  lifetimeEstimate: 'over all years',
  deliveredToDate: 'delivered to date',
} as const;

/** The same amounts, each with the part that is put down to the programme (B8). */
const attributedColumns = {
  estimate: 'estimate',
  estimateAttributed: 'of the programme',
  delivered: 'delivered',
  deliveredAttributed: 'of the programme',
  deliveredNet: 'net of cost',
  deliveredNetAttributed: 'of the programme',
  verified: 'verified',
  verifiedAttributed: 'of the programme',
} as const;

function amounts(answer: unknown, shown: Readonly<Record<string, string>>): string {
  const cells = (row: unknown): readonly string[] =>
    Object.keys(shown).map((name) => pounds(memberOf(row, `${name}Pence`)));
  return table(
    ['', ...Object.values(shown)],
    [
      ...rowsOf(answer, 'rows').map((row) => [row['label'], ...cells(row)]),
      ['Total', ...cells(memberOf(answer, 'total'))],
    ],
  );
}

/** What was published of the table, beside what it comes to (A11). */
function published(answer: unknown): readonly string[] {
  const rows = rowsOf(answer, 'published');
  if (rows.length === 0) return [];
  const names = ['publishedPence', 'publishedAttributedPence', 'pence'];
  return [
    '',
    'What was published of it, last:',
    table(
      ['', 'column', 'published', 'of the programme', 'in this table', 'printed in'],
      rows.map((row) => [
        row['label'],
        row['column'],
        ...names.map((name) => pounds(row[name])),
        row['title'],
      ]),
    ),
  ];
}

/** Savings from estimate to verified, for people. */
export function savingsInWords(answer: unknown): string {
  const said = memberOf(answer, 'columns');
  return [
    amounts(answer, columns),
    '',
    ...['estimate', 'delivered', 'verified', 'lifetimeEstimate', 'deliveredToDate'].map((name) =>
      text(memberOf(said, name)),
    ),
    ...textsOf(answer, 'footnotes'),
    '',
    'Of each amount, the part that is put down to the programme:',
    amounts(answer, attributedColumns),
    ...published(answer),
    foot(answer),
  ].join('\n');
}
