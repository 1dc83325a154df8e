import { previousFinancialYear } from '@ledger/calendar';
import { z } from 'zod';
import type { CountingRule } from '../evaluation';
import { lies, type StandingLine } from '../standing-line';
import { grouped } from '../../grouped';

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
      for (const line of ofBody) counted.push(line);
    }
    return { value: bodies.size, lines: counted, bodies, remainders: [] };
  },
  evaluateRollUps: async ({ year, span, parameters }, rollUps) => {
    const { atLeast, years } = Parameters.parse(parameters);
    const window = Array.from({ length: years }, () => 0);
    for (let back = 0, one = year; back < years; back++, one = previousFinancialYear(one)) window[back] = one;
    const byOffer = await rollUps.bodiesByOffer(window);
    // What spans two years may still lie in the window.
    const [first, last] = [rollUps.day(yearsEarlier(span.from, years - 1)), rollUps.day(span.to)];
    const across = new Map<string | null, Set<number>>();
    const illustrative = new Set<number>();
    let offer: string | null | undefined;
    let ofOffer = new Set<number>();
    const days = { beginsFrom: first, endsBy: last };
    await rollUps.eachSpell({ years: [null], days }, (spell) => {
      if (spell.body === 0) return;
      // Those of one offer are mostly told one after another.
      if (spell.offer !== offer) {
        offer = spell.offer;
        ofOffer = across.get(offer) ?? new Set();
        across.set(offer, ofOffer);
      }
      ofOffer.add(spell.body);
      if (spell.illustrative) illustrative.add(spell.body);
    });
    const used: number[] = [];
    const use = (body: number): void => {
      used[body] = (used[body] ?? 0) + 1;
    };
    for (const { offer, all, illustrative: invented } of byOffer) {
      const others = across.get(offer) ?? new Set();
      across.delete(offer);
      all.forEach(use);
      for (const body of others) if (!all.has(body)) use(body);
      invented.forEach((body) => illustrative.add(body));
    }
    for (const others of across.values()) others.forEach(use);
    const bodies: number[] = [];
    used.forEach((offers, body) => {
      if (offers >= atLeast) bodies.push(body);
    });
    return {
      value: bodies.length,
      bodies: rollUps.ids(bodies),
      remainders: [],
      illustrative: bodies.some((body) => illustrative.has(body)),
    };
  },
};
