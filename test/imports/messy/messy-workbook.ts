import { putRight, savedWorkbook, type MessyRow, type MessySheet, type TypedCell } from './sheets';

/*
 * A tracker as teams keep it: two hundred rows on three sheets, with more than twenty different things that would
 * make a figure wrong if they were read carelessly. Some are read as they are; each of the others carries its name.
 */

/** Councils as people type them, all of them there in 2024/25. */
const councils = [
  'Leeds',
  'Bradford',
  'Watford',
  'Stroud',
  'Kent',
  'Elmbridge',
  'Derbyshire Dales',
  'LB Brent',
  'Brighton & Hove',
  'Wigan',
  'Cornwall',
  'Durham',
  'Exeter',
  'Norwich',
  'Sandwell',
  'Telford and Wrekin',
];
const offers = ['Cyber security', 'Housing advisers', 'Finance support', 'Digital support'];

/** 1 April 2024, as spreadsheets count days. */
const firstOfApril = 45_383;

function at<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new RangeError('An empty list');
  return found;
}

/** A row of the log in which nothing is wrong. */
function entry(number: number): TypedCell[] {
  const day = firstOfApril + number * 2;
  const [from, to]: [TypedCell, TypedCell] =
    number % 3 === 0 ? [{ day }, { day: day + 1 }] : [{ day }, number % 3 === 1 ? null : { day }];
  const reference = `E-${String(number).padStart(3, '0')}`;
  return [
    reference,
    at(offers, number),
    `Work package ${number}`,
    from,
    to,
    at(councils, number),
    'A. Person rang',
  ];
}

const quiet = (...cells: readonly TypedCell[]): MessyRow => ({ cells });

/** A row in which something is wrong, and the same row put right. */
function wrong(
  number: number,
  fault: string,
  changes: Readonly<Record<number, TypedCell>>,
  right: Readonly<Record<number, TypedCell>> | null,
): MessyRow {
  const base = entry(number);
  const withChanges = (some: Readonly<Record<number, TypedCell>>): TypedCell[] =>
    base.map((cell, column) => (column in some ? (some[column] ?? null) : cell));
  return { cells: withChanges(changes), fault, right: right === null ? null : withChanges(right) };
}

const [offer, title, from, to, council] = [1, 2, 3, 4, 5];

function logRows(): MessyRow[] {
  const rows: MessyRow[] = [
    quiet('Improvement support: tracker of the eastern team'),
    quiet('Kept since April 2024. Figures still to be checked!'),
    quiet(),
    quiet('Our ref', 'Support', null, 'Dates', null, 'Councils', 'Who rang'),
    quiet(null, 'Offer', 'What', 'From', 'To', null, null),
  ];
  const plain = (first: number, last: number): void => {
    for (let number = first; number <= last; number++) rows.push({ cells: entry(number) });
  };
  const more = (...some: readonly MessyRow[]): void => void rows.push(...some);
  plain(1, 20);
  // What can be read as it is, is left as it is.
  more(
    { cells: [...entry(21).slice(0, 5), 'Leeds; Bradford; Wakefield', null] },
    { cells: [...entry(22).slice(0, 5), 'Leeds, Kent and Wigan', null] },
    { cells: [...entry(23).slice(0, 5), 'Norwich\nExeter', null] },
    { cells: [...entry(24).slice(0, 3), 'w/c 3 June 2024', null, 'Leeds', null] },
    { cells: [...entry(25).slice(0, 3), '4-7 June 24', null, 'Kent', null] },
    { cells: [...entry(26).slice(0, 3), '3/4/2024', '5/4/2024', 'Wigan', null] },
    { cells: [...entry(27).slice(0, 3), 'June 2024', null, 'E08000035', null] },
    wrong(28, 'a council that is misspelt', { [council]: 'Watfrod' }, { [council]: 'Watford' }),
    wrong(29, 'a council that had ended', { [council]: 'Corby' }, { [council]: 'North Northamptonshire' }),
    wrong(30, 'an offer that is misspelt', { [offer]: 'Cyber securty' }, { [offer]: 'Cyber security' }),
    wrong(
      31,
      'a day that does not exist',
      { [from]: '31/6/2024', [to]: null },
      { [from]: '30/6/2024', [to]: null },
    ),
    wrong(
      32,
      'a month or a day',
      { [from]: 'Sept 24', [to]: null },
      { [from]: 'September 2024', [to]: null },
    ),
    wrong(
      33,
      'an end before the beginning',
      { [from]: '9/7/2024', [to]: '7/7/2024' },
      { [from]: '7/7/2024', [to]: '9/7/2024' },
    ),
  );
  plain(34, 60);
  more(quiet('Subtotal', null, 60), quiet(), quiet(null, 'Offer', 'What', 'From', 'To', 'Councils', null), {
    cells: ['Quarter 2'],
    fault: 'a heading among the rows',
    right: null,
  });
  plain(61, 70);
  more(
    wrong(71, 'nothing where something must stand', { [council]: null }, { [council]: 'Stroud' }),
    wrong(
      72,
      'an error of a formula',
      { [from]: { error: '#REF!' }, [to]: null },
      { [from]: '14 August 2024', [to]: null },
    ),
    wrong(
      73,
      'a day that is still to come',
      { [from]: '1/9/2074', [to]: null },
      { [from]: '1/9/2024', [to]: null },
    ),
    wrong(
      74,
      'a title that is too long',
      { [title]: 'A long story of what was done. '.repeat(6) },
      { [title]: 'A long story' },
    ),
    { ...wrong(75, 'a hidden row', {}, {}), hidden: true },
    wrong(
      76,
      'no offer, but a name',
      { [offer]: 'Housing advisors team B' },
      { [offer]: 'Housing advisers' },
    ),
    wrong(
      77,
      'longer ago than is usual',
      { [from]: '4/6/2012', [to]: null },
      { [from]: '4/6/2012', [to]: null },
    ),
  );
  plain(78, 100);
  const twice = entry(101);
  more(
    { cells: twice, fault: 'the same row twice', right: twice },
    { cells: twice, fault: 'the same row twice', right: null },
    { cells: [...entry(103).slice(0, 5), 'Sandwell', null] },
    {
      cells: [...entry(104).slice(0, 5), null, null],
      fault: 'merged cells',
      right: [...entry(104).slice(0, 5), 'Sandwell', null],
    },
  );
  plain(105, 140);
  more(quiet('Total', null, 140));
  return rows;
}

function grantRows(): MessyRow[] {
  const grant = (number: number, amount: TypedCell, fault?: string, right?: TypedCell): MessyRow => {
    const start: TypedCell[] = [{ day: firstOfApril + number }, at(councils, number), `Grant ${number}`];
    return {
      cells: [...start, amount],
      ...(fault !== undefined && { fault }),
      ...(right !== undefined && { right: [...start, right] }),
    };
  };
  return [
    quiet('Grants 2024-25'),
    quiet('When', 'LA', 'For', 'Amount (£000)'),
    ...Array.from({ length: 28 }, (_, number) => grant(number, (number + 2) * 2.5)),
    grant(28, '£12,500.00', 'an amount that is not in what the heading says', 12.5),
    grant(29, '(2.5)', 'an amount in brackets', 2.5),
    grant(30, '1,5', 'a comma that may be a point', 1.5),
    grant(31, 'tbc', 'a word in the place of an amount', 4),
    quiet('Total', null, null, 600),
  ];
}

function feedbackRows(): MessyRow[] {
  const said = (number: number, result: TypedCell, base: TypedCell, responses: TypedCell): TypedCell[] => [
    `Was session ${number} of use?`,
    { day: firstOfApril + number * 20 },
    result,
    base,
    responses,
  ];
  return [
    quiet('Question', 'Day', '% yes', 'n', 'Forms back'),
    ...Array.from({ length: 6 }, (_, number) => ({ cells: said(number, { percent: 0.75 }, 20, 24) })),
    { cells: said(6, '92%', null, 25), fault: 'a percentage without a base', right: said(6, '92%', 25, 25) },
    {
      cells: said(7, { percent: 0.98 }, 32, 32),
      fault: 'a percentage that nobody can give',
      right: said(7, { percent: 0.97 }, 32, 32),
    },
  ];
}

const log = logRows();
const mergedAt = log.findIndex(({ fault }) => fault === 'merged cells') + 1;
const mergedWrongly = `F${mergedAt - 1}:F${mergedAt}`;

const sheets: readonly MessySheet[] = [
  {
    name: 'Support log',
    rows: log,
    hiddenColumns: [6],
    merged: ['A1:G1', 'A4:A5', 'B4:C4', 'D4:E4', 'F4:F5', 'G4:G5', mergedWrongly],
    mergedWrongly: [mergedWrongly],
  },
  { name: 'Grants', rows: grantRows(), merged: ['A1:D1'] },
  { name: 'Feedback', rows: feedbackRows() },
  { name: 'Lists', hidden: true, rows: [quiet('Offer', 'Council'), quiet('Cyber security', 'Leeds')] },
];

/** What must be put right before the workbook can be loaded, each with its sheet and row. */
export const messyFaults = sheets.flatMap(({ name, rows }) =>
  rows.flatMap(({ fault }, row) => (fault === undefined ? [] : [{ sheet: name, row: row + 1, fault }])),
);

/** The workbook as the team keeps it. */
export function messyWorkbook(): Uint8Array<ArrayBuffer> {
  return savedWorkbook(sheets);
}

/** The same with what was found put right. */
export function workbookPutRight(): Uint8Array<ArrayBuffer> {
  return savedWorkbook(sheets.map(putRight));
}

/** How many rows hold something. */
export const messyRowCount = sheets.reduce(
  (sum, { rows }) => sum + rows.filter(({ cells }) => cells.some((cell) => cell !== null)).length,
  0,
);
