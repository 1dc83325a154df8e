import fc from 'fast-check';
import { Player, step } from '../periods/player';
import { PublishingLedger } from './publishing-ledger';

/* Whatever is recorded before and after: a citation stays what it said, and what made a difference adds up to it. */

const tables = [
  { ask: 'annual-total', parameters: { year: '2019/20' } },
  { ask: 'savings', parameters: { year: '2019/20' } },
  { ask: 'savings-table', parameters: { year: '2019/20', by: 'programme' } },
  { ask: 'take-up', parameters: { year: '2019/20', offer: 'p0', by: 'region' } },
];

/** The differences of a publication's figures by their labels, those without one left out. */
function summed(differences: readonly (readonly [string, number])[]): Readonly<Record<string, number>> {
  const sums = new Map<string, number>();
  for (const [label, difference] of differences)
    sums.set(label, Math.round(100 * ((sums.get(label) ?? 0) + difference)) / 100);
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0));
}

test('a figure counted again says what was published, and the effects listed add up to the difference', async () => {
  let compared = 0;
  let different = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...tables),
      fc.array(step, { minLength: 4, maxLength: 15 }),
      fc.array(step, { minLength: 4, maxLength: 15 }),
      async (table, earlier, later) => {
        const ledger = await PublishingLedger.start();
        const player = new Player(ledger.closing);
        for (const one of earlier) await player.play(one);
        const id = await ledger.published({ ...table, table: true });
        for (const one of later) await player.play(one);
        const { figures } = await ledger.read(id);
        expect(figures.filter(({ agrees }) => !agrees)).toEqual([]);
        const effects: [string, number][] = [];
        for (let cursor: string | undefined, more = true; more;) {
          const { changes, next } = await ledger.changes(id, cursor);
          for (const { effect } of changes)
            for (const { label, difference } of effect) effects.push([label, difference]);
          more = next !== null;
          if (next !== null) cursor = next;
        }
        // One that cannot be asked any more says nothing that could be compared.
        const gone = new Set(figures.filter(({ now }) => now === null).map(({ label }) => label));
        const asked = (list: readonly (readonly [string, number])[]): Readonly<Record<string, number>> =>
          summed(list.filter(([label]) => !gone.has(label)));
        expect(asked(effects)).toEqual(
          asked(figures.map(({ label, difference }) => [label, difference ?? 0] as const)),
        );
        compared += figures.length;
        if (figures.some(({ changed }) => changed)) different += 1;
        await ledger.stop();
      },
    ),
    { numRuns: 60 },
  );
  expect(compared).toBeGreaterThan(300);
  expect(different).toBeGreaterThan(10);
}, 120_000);

test('what annual totals say is what the independent recount comes to as recorded by then', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 4, maxLength: 15 }),
      fc.array(step, { minLength: 1, maxLength: 8 }),
      async (earlier, later) => {
        const ledger = await PublishingLedger.start();
        const player = new Player(ledger.closing);
        for (const one of earlier) await player.play(one);
        const id = await ledger.published({
          ask: 'annual-total',
          parameters: { year: '2019/20' },
          table: true,
        });
        for (const one of later) await player.play(one);
        const { figures, publication } = await ledger.read(id);
        const counted = await ledger.closing.recount(BigInt(publication.asRecordedBy));
        for (const { parameters, said, unit } of figures) {
          const { value, base } = counted.annualTotal(parameters['measure'] ?? '', 201920);
          const inUnit = unit === 'GBP' || unit === 'day' ? value / 100 : value;
          // Of a ratio the numerator is what is counted.
          expect([parameters, said.numerator ?? Number(said.value), said.base]).toEqual([
            parameters,
            said.numerator === undefined ? inUnit : value,
            base,
          ]);
        }
        await ledger.stop();
      },
    ),
    { numRuns: 25 },
  );
}, 120_000);
