import { financialYearLabel, financialYearSpan } from '@ledger/calendar';
import { QuestionRefusedError, type LedgerQueries, seesEverything } from '@ledger/projections';
import { historyOffers, historyProgrammes, historyYears } from '../histories';
import type { Gains, Recount } from '../recount';

type Of = { readonly measure: string } | { readonly offer: string } | { readonly programme: string };
type By = 'region' | 'type' | 'control' | 'party';

/** One question, put to the read models and to the recount, answered in one form. */
export interface Asked {
  readonly name: string;
  readonly readModels: (queries: LedgerQueries, position: bigint) => Promise<unknown>;
  readonly recount: (recount: Recount) => unknown;
}

/** Units that the read models show in whole pounds or days, and the recount in pence or hundredths. */
const hundredths = new Set(['GBP', 'day']);

function annualTotals(year: number): Asked {
  return {
    name: `annual totals ${financialYearLabel(year)}`,
    readModels: async (queries, position) => {
      const { rows } = await queries.annualTotals({ year, at: { position } });
      return rows.map((row) => ({ measure: row.measure, ...whole(row) }));
    },
    recount: (counted) =>
      counted.measures.map((measure) => ({ measure, ...counted.annualTotal(measure, year) })),
  };
}

/** A value as the recount gives it: whole pence, hundredths or a count, and a numerator of a ratio. */
function whole({
  value,
  unit,
  numerator,
  base,
}: {
  readonly value: number;
  readonly unit: string;
  readonly numerator?: number;
  readonly base?: number;
}): { value: number; base?: number } {
  const counted = numerator ?? (hundredths.has(unit) ? Math.round(value * 100) : value);
  return { value: counted, ...(base !== undefined && { base }) };
}

function totalsAsAt(year: number, asAt: string): Asked {
  return {
    name: `annual totals ${financialYearLabel(year)} as at ${asAt}`,
    readModels: async (queries, position) => {
      const { rows, datedOnlyToYear } = await queries.annualTotals({ year, asAt, at: { position } });
      return {
        rows: rows.map((row) => ({ measure: row.measure, ...whole(row) })),
        datedOnlyToYear,
      };
    },
    recount: (counted) => ({
      rows: counted.measures.map((measure) => ({
        measure,
        ...counted.annualTotal(measure, year, { asAt }),
      })),
      datedOnlyToYear: counted.datedOnlyToYear(year),
    }),
  };
}

const partsOfYear = [
  { quarter: 1 },
  { quarter: 2 },
  { quarter: 3 },
  { quarter: 4 },
  { quarter: 'not known' },
] as const;

function quarterlyTotals(year: number): Asked {
  return {
    name: `quarterly totals ${financialYearLabel(year)}`,
    readModels: async (queries, position) => {
      const { rows } = await queries.quarterlyTotals({ year, at: { position } });
      for (const { measure, addsUp, periods } of rows) {
        const values = periods.map(({ value }) => Math.round((value ?? 0) * 100));
        const ofYear = values.pop() ?? 0;
        const sum = values.reduce((total, value) => total + value, 0);
        if (addsUp && sum !== ofYear) throw new RangeError(`The quarters of ${measure} do not add up`);
      }
      return rows.map(({ measure, unit, periods }) => ({
        measure,
        periods: periods.map((one) =>
          one.value === null ? null : whole({ ...one, unit, value: one.value }),
        ),
      }));
    },
    recount: (counted) =>
      counted.measures.map((measure) => ({
        measure,
        periods: [
          ...(readsHistories.has(measure)
            ? []
            : partsOfYear.map((part) =>
                levels.has(measure) && part.quarter === 'not known'
                  ? null
                  : counted.annualTotal(measure, year, part),
              )),
          counted.annualTotal(measure, year),
        ],
      })),
  };
}

/** Measures that are not asked by quarter, and levels, which have no unknown one. */
const readsHistories = new Set([
  'first-time-corporate-peer-challenges',
  'newly-trained-peers-deployed',
  'parts-accessed',
]);
const levels = new Set([
  'members',
  'deliverables',
  'deliverables-green',
  'deliverables-amber',
  'deliverables-red',
]);

function savings(year: number): Asked {
  return {
    name: `savings ${financialYearLabel(year)}`,
    readModels: async (queries, position) => {
      const { rows, split, total, notApportioned } = await queries.savings({ year, at: { position } });
      return {
        rows: sorted(rows.flatMap(({ area, pence, claims }) => (claims === 0 ? [] : [{ area, pence }]))),
        split: sorted(
          split.map(({ realisation, gainType, amountBasis, pence }) => ({
            realisation,
            gainType,
            amountBasis,
            pence,
          })),
        ),
        total: total.pence,
        notApportioned: notApportioned.pence,
      };
    },
    recount: (counted) => {
      const { rows, split, total, notApportioned } = counted.savings(year);
      return { rows: sorted(rows), split: sorted(split), total, notApportioned };
    },
  };
}

type GainsRow = Awaited<ReturnType<LedgerQueries['gainsTable']>>['rows'][number];

/** A row in the words of the recount; nothing of one in which nothing is. */
function gainsIn(row: Omit<GainsRow, 'id'>): readonly Gains[] {
  if (row.claims + row.lifetimeEstimatePence + row.deliveredToDatePence === 0) return [];
  return [
    {
      claims: row.claims,
      estimate: row.estimatePence,
      delivered: row.deliveredPence,
      verified: row.verifiedPence,
      net: row.deliveredNetPence,
      ownEstimate: row.estimateAttributedPence,
      ownDelivered: row.deliveredAttributedPence,
      ownVerified: row.verifiedAttributedPence,
      ownNet: row.deliveredNetAttributedPence,
      lifetime: row.lifetimeEstimatePence,
      toDate: row.deliveredToDatePence,
    },
  ];
}

function gains(year: number): Asked {
  return {
    name: `savings table ${financialYearLabel(year)}`,
    readModels: async (queries, position) => {
      const { rows } = await queries.gainsTable({ year, by: 'area', at: { position } });
      return sorted(rows.flatMap((row) => gainsIn(row).map((found) => ({ area: row.id, ...found }))));
    },
    recount: (counted) => sorted(counted.gains(year)),
  };
}

function gainsByBody(year: number): Asked {
  return {
    name: `savings table by body ${financialYearLabel(year)}`,
    readModels: async (queries, position) => {
      const question = { viewer: seesEverything, year, by: 'body', at: { position } } as const;
      const { rows } = await queries.gainsTable(question);
      return sorted(
        rows.flatMap(({ id, ...row }) =>
          gainsIn(row).map((found) => ({ body: id === 'not-apportioned' ? 'several' : id, ...found })),
        ),
      );
    },
    recount: (counted) => sorted(counted.gainsByBody(year)),
  };
}

function sorted<T>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

function takeUp(of: Of, year: number, by: By): Asked {
  const what = Object.entries(of).map(([kind, id]) => `${kind} ${id}`);
  return {
    name: `take-up of ${what.join()} by ${by}, ${financialYearLabel(year)}`,
    readModels: async (queries, position) => {
      const { rows, total, excluded } = await queries.takeUp({
        viewer: seesEverything,
        of,
        year,
        by,
        at: { position },
      });
      for (const { percentage } of rows)
        if (percentage !== null && percentage > 100) throw new RangeError('A share is above 100 %');
      return {
        // Small groups of a party are withheld: what is shown must agree, what is not is not compared.
        rows: sorted(
          rows
            .filter(({ withheld, base }) => !withheld && base > 0)
            .map(({ group, numerator, base }) => ({ group, numerator, base })),
        ),
        ...(by !== 'party' && { total: total.numerator, former: excluded[0]?.count }),
      };
    },
    recount: (counted) => {
      const { rows, total, formerCouncils } = counted.takeUp(of, year, by);
      return {
        rows: sorted(rows.map(({ group, numerator, base }) => ({ group, numerator, base }))),
        ...(by !== 'party' && { total: total.numerator, former: formerCouncils }),
      };
    },
  };
}

/** Whether two answers agree; of parties only what is shown. */
export function agree(name: string, readModels: unknown, recounted: unknown): void {
  if (!name.includes('by party')) {
    expect({ name, answer: readModels }).toEqual({ name, answer: recounted });
    return;
  }
  // Both answers of a question by party have rows.
  const { rows: shown } = readModels as { rows: unknown[] };
  const { rows: all } = recounted as { rows: unknown[] };
  expect({ name, rows: all }).toEqual({ name, rows: expect.arrayContaining(shown) as unknown });
}

/** An answer, or that the ledger did not know of the thing asked about yet. */
export async function answered(asked: Asked, queries: LedgerQueries, position: bigint): Promise<unknown> {
  try {
    return await asked.readModels(queries, position);
  } catch (error) {
    if (error instanceof QuestionRefusedError && error.code.startsWith('UNKNOWN_')) return undefined;
    throw error;
  }
}

function deliverables(year: number, asAt: string): Asked {
  return {
    name: `deliverables ${financialYearLabel(year)} as at ${asAt}`,
    readModels: async (queries, position) => {
      const at = { position };
      const answer = await queries.deliverables({ year, asAt, at });
      const { total, green, amber, red, notRated, explain } = answer;
      // What the page counts from the streams is what the measures count from lines.
      for (const [name, measure] of [
        ['total', 'deliverables'],
        ['green', 'deliverables-green'],
        ['amber', 'deliverables-amber'],
        ['red', 'deliverables-red'],
      ] as const) {
        expect(explain[name]).toContain(measure);
        const explained = await queries.explain({
          viewer: seesEverything,
          ask: 'annual-total',
          measure,
          year,
          asAt,
          at,
        });
        expect([name, explained.value]).toEqual([name, answer[name]]);
      }
      return { total, green, amber, red, notRated };
    },
    recount: (counted) => counted.deliverables(year, asAt),
  };
}

const groupings: readonly By[] = ['region', 'type', 'control', 'party'];
const takeUpMeasures = [
  'peer-challenges',
  'councils-supported',
  'councillors-trained',
  'peer-days',
  'grants',
  'members',
  'first-time-corporate-peer-challenges',
  'parts-accessed',
];

/** Every question there is about a history. */
export const everyQuestion: readonly Asked[] = [
  ...historyYears.flatMap((year) => [annualTotals(year), savings(year), gains(year), gainsByBody(year)]),
  ...historyYears.flatMap((year) => {
    const { from, to } = financialYearSpan(year);
    const half = `${from.slice(0, 4)}-09-30`;
    return [deliverables(year, half), deliverables(year, to), totalsAsAt(year, half), quarterlyTotals(year)];
  }),
  ...historyYears.flatMap((year, at) => {
    const of: Of[] = [
      ...takeUpMeasures.map((measure) => ({ measure })),
      ...historyOffers.map((offer) => ({ offer: typeof offer === 'string' ? offer : String(offer) })),
      ...historyProgrammes.map((programme) => ({
        programme: typeof programme === 'string' ? programme : String(programme),
      })),
    ];
    return of.map((one, index) => takeUp(one, year, groupings[(at + index) % groupings.length] ?? 'type'));
  }),
];
