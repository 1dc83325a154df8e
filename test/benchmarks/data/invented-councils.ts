import { readFileSync } from 'node:fs';
import {
  readBodiesFile,
  readControlFile,
  registerDataPath,
  type RegisterFileEvent,
} from '@ledger/councils';
import { csvOf } from '@ledger/http';
import { parse } from 'csv-parse/sync';
import { Random } from '../../histories/random';

/*
 * Councils that there are not, each made from one that there is: of the same type and region, there at the same time,
 * and under the same control in every year. They are tables like those that are shipped, so that they can be loaded
 * like any.
 */

/** Said of every fact of theirs, as its source. */
export const inventedSource = 'invented for a benchmark';

/** The tables of bodies and of control, as CSV. */
export interface RegisterTables {
  readonly bodies: string;
  readonly control: string;
}

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, string>>[];
}

function shippedTable(name: string): Table {
  const rows: Record<string, string>[] = parse(readFileSync(registerDataPath(name), 'utf8'), {
    bom: true,
    columns: true,
    skip_empty_lines: true,
  });
  return { columns: Object.keys(rows[0] ?? {}), rows };
}

/** The items in an order of chance. */
function shuffled<T>(items: readonly T[], random: Random): T[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}

/** Real ones in an order of chance, all of them before any comes again: types and regions keep their proportions. */
function* drawn<T>(items: readonly T[], random: Random): Generator<T> {
  for (;;) yield* shuffled(items, random);
}

/** Codes are of one body, so those that it was made from keep theirs. */
function inventedBody(real: Table['rows'][number], number: number): Record<string, string> {
  return {
    ...real,
    key: `invented-council-${number}`,
    name: `Invented Council ${number}, after ${real['name']}`.slice(0, 120),
    other_names: '',
    gss: `X${String(number).padStart(8, '0')}`,
    former_gss: '',
    local_authority_code: '',
    ecode: '',
    gov_uk_slug: '',
  };
}

function byKey(rows: Table['rows']): ReadonlyMap<string, Table['rows'][number][]> {
  const found = new Map<string, Table['rows'][number][]>();
  for (const row of rows) {
    const key = row['key'] ?? '';
    const known = found.get(key);
    if (known === undefined) found.set(key, [row]);
    else known.push(row);
  }
  return found;
}

function tableOf(columns: readonly string[], rows: readonly Readonly<Record<string, string>>[]): string {
  return csvOf(
    columns,
    rows.map((row) => columns.map((column) => row[column] ?? '')),
  );
}

/** So many councils that there are not. The same number and seed give the same tables for ever. */
export function inventedCouncils(count: number, seed: number): RegisterTables {
  const [bodies, control] = [shippedTable('bodies.csv'), shippedTable('control.csv')];
  const controlOf = byKey(control.rows);
  const inventedBodies: Record<string, string>[] = [];
  const inventedControl: Record<string, string>[] = [];
  for (const real of drawn(bodies.rows, new Random(seed))) {
    if (inventedBodies.length === count) break;
    const body = inventedBody(real, inventedBodies.length + 1);
    inventedBodies.push(body);
    for (const row of controlOf.get(real['key'] ?? '') ?? [])
      inventedControl.push({ ...row, key: body['key'] ?? '', source: inventedSource });
  }
  return {
    bodies: tableOf(bodies.columns, inventedBodies),
    control: tableOf(control.columns, inventedControl),
  };
}

/** What the register says of so many invented councils. */
export function inventedFacts(count: number, seed: number): readonly RegisterFileEvent[] {
  if (count === 0) return [];
  const { bodies, control } = inventedCouncils(count, seed);
  return [
    ...readBodiesFile(bodies, 'invented bodies', inventedSource),
    ...readControlFile(control, 'invented control'),
  ];
}
