import { seesEverything, type LedgerQueries } from '@ledger/projections';
import { history, historyYears, type History } from '../histories';
import { ReadStores } from '../running/read-stores';
import { rebuilt } from './projected-history';

/*
 * Savings of a year come to one total by whatever path they are added up: by savings area, by programme, by realisation,
 * gain type and basis, and by the bridge from another year (B4, B15).
 */

const histories = 6;
const stores = new ReadStores();
afterEach(() => stores.close());

function sum<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((total, row) => total + amount(row), 0);
}

const columns = [
  'claims',
  'estimatePence',
  'estimateAttributedPence',
  'deliveredPence',
  'deliveredAttributedPence',
  'deliveredNetPence',
  'deliveredNetAttributedPence',
  'verifiedPence',
  'verifiedAttributedPence',
  'lifetimeEstimatePence',
  'deliveredToDatePence',
] as const;

/** Every column of a table, as its rows add up and as its total says. */
function bothWays({
  rows,
  total,
}: Awaited<ReturnType<LedgerQueries['gainsTable']>>): readonly [readonly number[], readonly number[]] {
  return [columns.map((name) => sum(rows, (row) => row[name])), columns.map((name) => total[name])];
}

/** One year of a history as recorded by one position; how much of it was compared. */
async function comparePaths(queries: LedgerQueries, year: number, position: bigint): Promise<number> {
  const at = { position };
  const byArea = await queries.gainsTable({ year, by: 'area', at });
  const byProgramme = await queries.gainsTable({ year, by: 'programme', at });
  const [ofAreas, total] = bothWays(byArea);
  expect(ofAreas).toEqual(total);
  expect(bothWays(byProgramme)).toEqual([total, total]);

  const { rows, split, total: all } = await queries.savings({ year, at });
  const amounts = [rows, split].map((parts) =>
    parts.map(({ pence, attributedPence }) => ({ pence, attributedPence })),
  );
  for (const parts of amounts) {
    expect(sum(parts, ({ pence }) => pence)).toBe(all.pence);
    expect(sum(parts, ({ attributedPence }) => attributedPence)).toBe(all.attributedPence);
  }
  // What is delivered is one realisation of all.
  const isDelivered = ({ realisation, amountBasis }: (typeof split)[number]): boolean =>
    realisation === 'delivered' && amountBasis !== 'forecast';
  expect(sum(split.filter(isDelivered), ({ pence }) => pence)).toBe(byArea.total.deliveredPence);

  const [former = year] = historyYears.filter((other) => other < year).slice(-1);
  const between = await queries.bridge({
    viewer: seesEverything,
    from: { year: former, at },
    to: { year, at },
  });
  expect(between.from.pence + sum(between.lines, ({ pence }) => pence)).toBe(between.to.pence);
  expect(between.to.pence).toBe(all.pence);
  expect(between.from.pence).toBe((await queries.savings({ year: former, at })).total.pence);
  return all.pence;
}

/** Positions at which a history is looked at: its end, and earlier ones. */
function positionsOf({ events }: History): readonly bigint[] {
  return [0.3, 0.6, 1].map((part) => BigInt(Math.round(events.length * part)));
}

test('totals of savings agree along every path, to the penny, as recorded by any position', async () => {
  let compared = 0;
  for (let seed = 101; seed < 101 + histories; seed++) {
    const made = history({ seed, events: 600 });
    const queries = await rebuilt(made, await stores.open());
    for (const position of positionsOf(made))
      for (const year of historyYears) compared += (await comparePaths(queries, year, position)) > 0 ? 1 : 0;
  }
  // There was something to add up.
  expect(compared).toBeGreaterThan(histories);
}, 300_000);
