import type { Result } from '../lines/result';
import { columns, disturbedMark, rowsOf } from './columns';

/** Numbers stand to the right. */
const toTheRight = new Set(['ours', 'limit', 'Emmett', 'ratio', 'wall s', 'CPU s']);

/** Whether others used the machine meanwhile, in a sentence; empty where nobody did, or nothing says. */
export function disturbance(results: readonly Result[]): string {
  const disturbed = results.filter((result) => result.disturbed);
  if (disturbed.length === 0) return '';
  const most = Math.max(...disturbed.map(({ othersCpuShare = 0 }) => othersCpuShare));
  return `${disturbedMark} The machine was not its own: meanwhile other programs kept up to ${most.toFixed(1)} processors busy. Ratios are to be relied on more than figures, and neither much.`;
}

/** The table as text for a terminal. */
export function tableText(results: readonly Result[]): string {
  const rows = [[...columns], ...results.flatMap(rowsOf)];
  const widths = columns.map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, at) => {
        const width = widths[at] ?? 0;
        return toTheRight.has(columns[at] ?? '') ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  const note = disturbance(results);
  return [lines[0] ?? '', rule, ...lines.slice(1), ...(note === '' ? [] : ['', note])].join('\n');
}
