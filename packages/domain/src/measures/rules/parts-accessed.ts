import { z } from 'zod';
import type { CountingRule } from '../evaluation';
import { lies, type StandingLine } from '../standing-line';
import { grouped } from './grouping';

const Parameters = z.object({ atLeast: z.int().min(1), years: z.int().min(1) });

/** The same day of the month some years before; spans begin on 1 April, never on 29 February. */
function yearsEarlier(date: string, years: number): string {
  return `${String(Number(date.slice(0, 4)) - years).padStart(4, '0')}${date.slice(4)}`;
}

/** Bodies with at least k offers in n years that end with the span. A successor body inherits nothing (F8). */
export const partsAccessed: CountingRule = {
  id: 'parts-accessed/1',
  sequence: true,
  words:
    'A body counts where it used at least the given number of different offers in the given number of years ending ' +
    'with the year asked about. A successor body inherits nothing.',
  evaluate: ({ lines, span, parameters }) => {
    const { atLeast, years } = Parameters.parse(parameters);
    const window = { from: yearsEarlier(span.from, years - 1), to: span.to };
    const within = lines.filter(({ line }) => lies(line, window));
    const bodies = new Set<string>();
    const counted: StandingLine[] = [];
    for (const [body, ofBody] of grouped(within, ({ line }) => line.body)) {
      if (body === null || new Set(ofBody.map(({ line }) => line.offer)).size < atLeast) continue;
      bodies.add(body);
      counted.push(...ofBody);
    }
    return { value: bodies.size, lines: counted, bodies, remainders: [] };
  },
};
