import { parseFinancialYear } from '@ledger/calendar';
import { gainsCells, seesEverything, type LedgerQueries } from '@ledger/projections';
import { history, historyYears, type History } from '../histories';
import { ReadStores } from '../running/read-stores';
import { rebuilt } from './projected-history';

/*
 * Savings of a year come to one total by whatever path they are added up: by savings area, by programme, by body, by
 * realisation, gain type and basis, by the lines that a cell opens to, and by the bridge from another year (B4, B15).
 */

const histories = 6;
const stores = new ReadStores();
afterEach(() => stores.close());

function sum<T>(rows: readonly T[], amount: (row: T) => number): number {
  return rows.reduce((total, row) => total + amount(row), 0);
}

const columns = [
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

type Table = Awaited<ReturnType<LedgerQueries['gainsTable']>>;

const cells = {
  estimate: 'estimatePence',
  delivered: 'deliveredPence',
  'delivered-net': 'deliveredNetPence',
  verified: 'verifiedPence',
  'lifetime-estimate': 'lifetimeEstimatePence',
  'delivered-to-date': 'deliveredToDatePence',
} as const;

/** Every cell of a table opens to lines that come to what it says. */
async function openCells(queries: LedgerQueries, { year: label, by, ...table }: Table): Promise<void> {
  const year = parseFinancialYear(label) ?? 0;
  const at = { position: BigInt(table.position) };
  const rows = [...table.rows, { id: 'all', ...table.total }];
  for (const row of rows)
    for (const column of gainsCells) {
      const question = { ask: 'savings-table', year, by, row: row.id ?? 'none', column } as const;
      const opened = await queries.explain({ viewer: seesEverything, at, limit: 500, ...question });
      const pence = sum(opened.lines, ({ kind, quantity }) => (kind === 'gain-cost' ? -quantity : quantity));
      expect([row.id, column, pence]).toEqual([row.id, column, row[cells[column]]]);
      expect(opened.value).toBe(pence / 100);
      expect(opened.lines.every(({ event }) => event !== '')).toBe(true);
    }
}

/** Of no body more is put down to the programme than it has, and no row has more claims than there are. */
function checkBodies({ rows, total }: Table): void {
  for (const row of rows) {
    expect(row.claims).toBeLessThanOrEqual(total.claims);
    if (row.id === 'not-apportioned') continue;
    expect(row.estimateAttributedPence).toBeLessThanOrEqual(row.estimatePence);
    expect(row.deliveredAttributedPence).toBeLessThanOrEqual(row.deliveredPence);
  }
}

/** One year of a history as recorded by one position; how much of it was compared. */
async function comparePaths(queries: LedgerQueries, year: number, position: bigint): Promise<number> {
  const at = { position };
  const byArea = await queries.gainsTable({ year, by: 'area', at });
  const byProgramme = await queries.gainsTable({ year, by: 'programme', at });
  const byBody = await queries.gainsTable({ year, by: 'body', viewer: seesEverything, at });
  const [ofAreas, total] = bothWays(byArea);
  expect(ofAreas).toEqual(total);
  for (const other of [byProgramme, byBody]) expect(bothWays(other)).toEqual([total, total]);
  for (const { rows, total: of } of [byArea, byProgramme])
    expect(sum(rows, ({ claims }) => claims)).toBe(of.claims);
  checkBodies(byBody);

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

/** The three tables of a year as recorded by the end of a history, every cell of them opened. */
async function openTables(queries: LedgerQueries, year: number): Promise<readonly Table[]> {
  const tables = await Promise.all(
    (['area', 'programme', 'body'] as const).map((by) =>
      queries.gainsTable({ viewer: seesEverything, year, by }),
    ),
  );
  for (const table of tables) await openCells(queries, table);
  return tables;
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

test('every cell of a table, by area, programme or body, opens to the lines that it is made of', async () => {
  let [shares, notApportioned] = [0, 0];
  for (let seed = 111; seed < 114; seed++) {
    const queries = await rebuilt(history({ seed, events: 600 }), await stores.open());
    for (const year of historyYears.slice(0, 3)) {
      const [, , byBody] = await openTables(queries, year);
      const rows = byBody?.rows ?? [];
      notApportioned += rows.some(({ id }) => id === 'not-apportioned') ? 1 : 0;
      shares += sum(rows, ({ claims }) => claims) > (byBody?.total.claims ?? 0) ? 1 : 0;
    }
  }
  // There were claims of several bodies with shares, and such without.
  expect([shares > 0, notApportioned > 0]).toEqual([true, true]);
}, 300_000);
