import type { Result } from '../lines/result';
import { numberText } from './number-text';

/*
 * Two panels drawn from the results: what is counted per second beside its limit and Emmett, and how far every line
 * is from its bar. Both scales are logarithmic: figures lie between tens and hundreds of thousands.
 */

const width = 860;
const left = 250;
const right = 120;
const barHeight = 12;
const gap = 10;
const headHeight = 64;

const colours = { ours: '#1d70b8', limit: '#b1b4b6', emmett: '#d4351c', met: '#00703c', missed: '#d4351c' };

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function textAt(x: number, y: number, text: string, attributes = ''): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}"${attributes}>${escaped(text)}</text>`;
}

/** Places values between two powers of ten on the width of the chart. */
class Scale {
  readonly low: number;
  readonly high: number;

  constructor(values: readonly number[]) {
    this.low = Math.floor(Math.log10(Math.min(...values)));
    this.high = Math.max(this.low + 1, Math.ceil(Math.log10(Math.max(...values))));
  }

  x(value: number): number {
    const share = (Math.log10(value) - this.low) / (this.high - this.low);
    return left + Math.max(0, share) * (width - left - right);
  }

  /** Lines at the powers of ten, with their numbers. */
  grid(top: number, bottom: number): string {
    const powers = Array.from({ length: this.high - this.low + 1 }, (_, at) => 10 ** (this.low + at));
    return powers
      .map((power) => {
        const x = this.x(power).toFixed(1);
        return `<line x1="${x}" y1="${top}" x2="${x}" y2="${bottom}" stroke="#e3e3e3"/>${textAt(this.x(power), top - 6, numberText(power), ' text-anchor="middle" class="small"')}`;
      })
      .join('');
  }
}

interface Panel {
  readonly svg: string;
  readonly height: number;
}

function titled(top: number, title: string): string {
  return textAt(0, top + 18, title, ' class="title"');
}

/** What is counted per second, each beside its limit and Emmett. */
function ratesPanel(results: readonly Result[], top: number): Panel {
  const rates = results.filter(({ unit, better }) => better === 'more' && unit.endsWith('/s'));
  if (rates.length === 0) return { svg: '', height: 0 };
  const kinds = ['ours', 'limit', 'emmett'] as const;
  const scale = new Scale(rates.flatMap((one) => kinds.flatMap((kind) => one[kind]?.median ?? [])));
  const parts: string[] = [];
  let y = top + headHeight;
  for (const result of rates) {
    const first = y;
    for (const kind of kinds) {
      const figure = result[kind];
      if (figure === undefined) continue;
      const x = scale.x(figure.median);
      parts.push(
        `<rect x="${left}" y="${y}" width="${(x - left).toFixed(1)}" height="${barHeight}" fill="${colours[kind]}"/>`,
        textAt(x + 4, y + barHeight - 2, numberText(figure.median), ' class="small"'),
      );
      y += barHeight + 1;
    }
    parts.push(textAt(left - 8, (first + y) / 2 + 4, result.id, ' text-anchor="end"'));
    y += gap;
  }
  const legend = (
    [
      ['ours', 'ledger'],
      ['limit', 'raw limit'],
      ['emmett', 'Emmett'],
    ] as const
  )
    .map(
      ([kind, label], at) =>
        `<rect x="${left + at * 110}" y="${top + 26}" width="10" height="10" fill="${colours[kind]}"/>${textAt(left + at * 110 + 15, top + 35, label, ' class="small"')}`,
    )
    .join('');
  const head = titled(top, 'Per second, more is better') + legend;
  return { svg: head + scale.grid(top + headHeight - 4, y) + parts.join(''), height: y - top + gap };
}

/** How many times better than its bar a result is, of the bar that it is nearest to missing. */
export function headroom(result: Result): number | undefined {
  const of = result.verdicts.flatMap(({ bar, ratio }) => {
    const wanted = Number(/[\d.]+/.exec(bar)?.[0]);
    const got = ratio ?? result.ours.median;
    if (bar.startsWith('≥')) return [got / wanted];
    // What has not grown at all is as far below its bar as can be shown.
    return [wanted / Math.max(got, wanted / 1000)];
  });
  return of.length === 0 ? undefined : Math.min(...of);
}

/** How far each line is from its bar: to the right of 1 it is met. */
function barsPanel(results: readonly Result[], top: number): Panel {
  const shown = results.flatMap((result) => {
    const times = headroom(result);
    return times === undefined ? [] : [{ result, times }];
  });
  if (shown.length === 0) return { svg: '', height: 0 };
  const scale = new Scale([0.5, 2, ...shown.map(({ times }) => times)]);
  const one = scale.x(1);
  let y = top + headHeight;
  const parts = shown.map(({ result, times }) => {
    const x = scale.x(times);
    const colour = times >= 1 ? colours.met : colours.missed;
    const drawn = `<rect x="${Math.min(x, one).toFixed(1)}" y="${y}" width="${Math.abs(x - one).toFixed(1)}" height="${barHeight}" fill="${colour}"/>${textAt(left - 8, y + barHeight - 2, result.id, ' text-anchor="end"')}${textAt(Math.max(x, one) + 4, y + barHeight - 2, `${numberText(times)} ×`, ' class="small"')}`;
    y += barHeight + gap / 2;
    return drawn;
  });
  const line = `<line x1="${one.toFixed(1)}" y1="${top + headHeight - 4}" x2="${one.toFixed(1)}" y2="${y}" stroke="#0b0c0c"/>`;
  const head = titled(top, 'Times better than the bar: to the right of 1 it is met');
  return { svg: head + scale.grid(top + headHeight - 4, y) + parts.join('') + line, height: y - top + gap };
}

/** The chart of a run as SVG. */
export function chartSvg(results: readonly Result[], description: string): string {
  const rates = ratesPanel(results, 10);
  const bars = barsPanel(results, 10 + rates.height + (rates.height > 0 ? 20 : 0));
  const height = 30 + rates.height + bars.height;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 ${width + 10} ${height}" width="${width + 10}" height="${height}" role="img" aria-labelledby="title description">
<title id="title">Benchmarks of the ledger</title>
<desc id="description">${escaped(description)}</desc>
<style>text{font:13px sans-serif;fill:#0b0c0c}.small{font-size:11px}.title{font-size:16px;font-weight:bold}</style>
<rect x="-10" width="${width + 10}" height="${height}" fill="#fff"/>
${rates.svg}
${bars.svg}
</svg>
`;
}
