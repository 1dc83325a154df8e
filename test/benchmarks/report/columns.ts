import type { Result } from '../lines/result';
import { spreadOf, type Figure } from '../measuring/statistics';
import { numberText, spreadText } from './number-text';

/** The heads of the table. */
export const columns = [
  'id',
  'ours',
  'limit',
  'Emmett',
  'unit',
  'bar',
  'ratio',
  'met',
  'spread',
  'wall s',
  'CPU s',
] as const;

/** Said beside a line whose figures others on the machine disturbed. */
export const disturbedMark = '*';

function shown(figure: Figure | undefined): string {
  return figure === undefined ? '' : numberText(figure.median);
}

/** Ours, then the limit’s, then Emmett’s, where there are any. */
function spreads({ ours, limit, emmett }: Result): string {
  return [ours, limit, emmett]
    .flatMap((figure) => (figure === undefined || figure.rounds === 1 ? [] : [spreadText(spreadOf(figure))]))
    .join(' ');
}

/** The cells of a result; a line with several bars has a row for each. */
export function rowsOf(result: Result): string[][] {
  const { id, unit, ours, limit, emmett, verdicts, wallSeconds, cpuSeconds, disturbed } = result;
  const rows = verdicts.length === 0 ? [undefined] : verdicts;
  return rows.map((verdict, at) => {
    const verdictCells = [
      verdict?.bar ?? '',
      verdict?.ratio === undefined ? '' : numberText(verdict.ratio),
      verdict === undefined ? '' : verdict.met ? 'yes' : 'NO',
    ];
    if (at > 0) return ['', '', '', '', '', ...verdictCells, '', '', ''];
    return [
      `${id}${disturbed ? disturbedMark : ''}`,
      shown(ours),
      shown(limit),
      shown(emmett),
      unit,
      ...verdictCells,
      spreads(result),
      numberText(wallSeconds),
      numberText(cpuSeconds),
    ];
  });
}
