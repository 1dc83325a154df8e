import { previousFinancialYear } from '@ledger/calendar';
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
  evaluateRollUps: async ({ year, span, parameters }, rollUps) => {
    const { atLeast, years } = Parameters.parse(parameters);
    const offers = new Map<number, Set<string | null>>();
    const illustrative = new Set<number>();
    const use = (body: number, offer: string | null): void => {
      const known = offers.get(body);
      if (known === undefined) offers.set(body, new Set([offer]));
      else known.add(offer);
    };
    let wholly = year;
    for (let back = 0; back < years; back++) {
      const ofYear = await rollUps.bodiesByOffer(wholly);
      if (ofYear === undefined) return undefined;
      for (const { offer, all, illustrative: invented } of ofYear) {
        for (const body of all) use(body, offer);
        for (const body of invented) illustrative.add(body);
      }
      wholly = previousFinancialYear(wholly);
    }
    // What spans two years may still lie in the window.
    const [first, last] = [rollUps.day(yearsEarlier(span.from, years - 1)), rollUps.day(span.to)];
    for (const { line, bodyNumber } of await rollUps.ofNoYear((from, to) => from >= first && to <= last)) {
      if (bodyNumber === 0) continue;
      use(bodyNumber, line.offer);
      if (line.illustrative) illustrative.add(bodyNumber);
    }
    const bodies = [...offers].flatMap(([body, used]) => (used.size < atLeast ? [] : body));
    return {
      value: bodies.length,
      bodies: rollUps.ids(bodies),
      remainders: [],
      illustrative: bodies.some((body) => illustrative.has(body)),
    };
  },
};
