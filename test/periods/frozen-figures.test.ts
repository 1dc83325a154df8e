import { initialMeasures } from '@ledger/domain';
import fc from 'fast-check';
import type { Recount } from '../recount';
import { ClosingLedger } from './closing-ledger';
import { closedYear, Player, step } from './player';

/** Rules that look at earlier years too: those stay open, so these may be restated, and are listed. */
const looksBack = new Set(['first-time/1', 'first-deployed/1', 'parts-accessed/1']);

/** Every figure of a year by the independent recount; amounts over several years are in no year's figure. */
function figuresOf(counted: Recount, of: number): unknown {
  const { rows, split, total } = counted.savings(of);
  return {
    totals: initialMeasures
      .filter(({ rule }) => !looksBack.has(rule))
      .map(({ id }) => [id, counted.annualTotal(id, of)]),
    savings: { rows, split, total },
  };
}

test('after a final closing no sequence of commands without an approved adjustment changes the year’s figures', async () => {
  let accepted = 0;
  let withFigures = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 5, maxLength: 20 }),
      fc.array(step, { minLength: 5, maxLength: 25 }),
      async (earlier, later) => {
        const ledger = await ClosingLedger.start(1);
        const player = new Player(ledger);
        for (const one of earlier) await player.play(one);
        const closing = await ledger.closeFinally(closedYear);
        const before = figuresOf(await ledger.recount(closing), closedYear);
        for (const one of later) if (await player.play(one)) accepted += 1;
        expect(figuresOf(await ledger.recount(), closedYear)).toEqual(before);
        if (JSON.stringify(before).includes('"value":1')) withFigures += 1;
        await ledger.stop();
      },
    ),
    { numRuns: 60 },
  );
  // The game was one: much was still accepted, and the year had figures to change.
  expect(accepted).toBeGreaterThan(100);
  expect(withFigures).toBeGreaterThan(10);
}, 120_000);
