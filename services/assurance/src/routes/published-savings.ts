import { parseFinancialYear } from '@ledger/calendar';
import {
  citedKey,
  publishedPence,
  thePublic,
  type AskedAt,
  type GainsTable,
  type LedgerQueries,
  type PublishedFact,
} from '@ledger/projections';

/** An amount of the table as it was published last, beside what it comes to (A11). */
export interface PublishedAmount {
  readonly label: string;
  readonly column: string;
  readonly publishedPence: number;
  /** Of it, what was said to be put down to the programme; null where nothing was said of that. */
  readonly publishedAttributedPence: number | null;
  /** What it comes to in the table beside it. */
  readonly pence: number;
  /** The publication, and where it is printed. */
  readonly publication: string;
  readonly title: string;
}

/** Of each amount of the table, the last time that it was published. */
function lastPublished(facts: readonly PublishedFact[], { year, by }: GainsTable): readonly PublishedFact[] {
  const last = new Map<string, PublishedFact>();
  for (const fact of facts) {
    const { ask, parameters } = fact.figure;
    if (ask === 'savings-table' && parameters['year'] === year && parameters['by'] === by)
      last.set(citedKey(fact.figure), fact);
  }
  return [...last.values()];
}

type Queries = Pick<LedgerQueries, 'publishedFigures' | 'gainsTable'>;

/** The table as it would be published: what is told to all names no body that was supported discreetly. */
async function asPublished(queries: Queries, table: GainsTable): Promise<GainsTable> {
  if (table.by !== 'body') return table;
  const year = parseFinancialYear(table.year) ?? 0;
  const at = { position: BigInt(table.position) };
  return queries.gainsTable({ viewer: thePublic, year, by: table.by, at });
}

/** What was published of a table, in the order of its rows; a row that is gone comes to nothing. */
export async function publishedOf(
  queries: Queries,
  seen: GainsTable,
  at: AskedAt,
): Promise<readonly PublishedAmount[]> {
  const facts = lastPublished(await queries.publishedFigures(at), seen);
  if (facts.length === 0) return [];
  const table = await asPublished(queries, seen);
  const rows = [
    ...table.rows.map(({ id, ...row }) => ({ ...row, id: id ?? 'none' })),
    { ...table.total, id: 'all', label: 'Total' },
  ];
  const placed = facts.map(({ figure, publication }) => {
    const { row: id, column = '' } = figure.parameters;
    const at = rows.findIndex((row) => row.id === id);
    const row = rows[at];
    return {
      at: at === -1 ? rows.length : at,
      amount: {
        label: row?.label ?? figure.label,
        column,
        publishedPence: Number(figure.value),
        publishedAttributedPence: figure.attributed === undefined ? null : Number(figure.attributed),
        pence: row === undefined ? 0 : (publishedPence(column, row) ?? 0),
        publication,
        title: figure.publication,
      },
    };
  });
  return placed.sort((one, other) => one.at - other.at).map(({ amount }) => amount);
}
