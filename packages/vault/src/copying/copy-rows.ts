import { VaultDiffersError, type VaultRows } from './vault-rows';
import { tablesOfVault, textOfRow, type VaultRow, type VaultTable } from './vault-table';

/** How far a copy is, in rows. */
export interface VaultCopyStep {
  readonly doing: 'comparing what is there' | 'copying' | 'reading back';
  readonly done: number;
  readonly total: number;
}

export interface CopiedVault {
  readonly people: number;
  readonly notes: number;
  readonly evidence: number;
  /** Rows that were there already, of a copy that broke off. */
  readonly alreadyThere: number;
}

/** Which rows of a table are in both vaults, and which only in the one that is copied. */
interface Compared {
  readonly table: VaultTable;
  readonly common: readonly VaultRow[];
  readonly missing: readonly VaultRow[];
}

/** @throws VaultDiffersError where the target has a row that the source has not */
async function compareKeys(source: VaultRows, target: VaultRows, table: VaultTable): Promise<Compared> {
  const wanted = await source.keys(table);
  const there = new Set((await target.keys(table)).map(textOfRow));
  const common = wanted.filter((key) => there.has(textOfRow(key)));
  if (common.length !== there.size) throw new VaultDiffersError(table.name);
  return { table, common, missing: wanted.filter((key) => !there.has(textOfRow(key))) };
}

async function compareAllKeys(source: VaultRows, target: VaultRows): Promise<readonly Compared[]> {
  const compared: Compared[] = [];
  for (const table of tablesOfVault) compared.push(await compareKeys(source, target, table));
  return compared;
}

function* pages(table: VaultTable, keys: readonly VaultRow[]): Generator<readonly VaultRow[]> {
  for (let at = 0; at < keys.length; at += table.atOnce) yield keys.slice(at, at + table.atOnce);
}

const sumOf = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);

/** @throws VaultDiffersError where rows that are in both are not the same */
async function mustEqual(
  source: VaultRows,
  target: VaultRows,
  compared: readonly Compared[],
  onRows: (rows: number) => void,
): Promise<void> {
  for (const { table, common } of compared)
    for (const keys of pages(table, common)) {
      const theirs = new Set((await target.rows(table, keys)).map(textOfRow));
      const ours = await source.rows(table, keys);
      if (ours.length !== keys.length || !ours.every((row) => theirs.has(textOfRow(row))))
        throw new VaultDiffersError(table.name);
      onRows(keys.length);
    }
}

/** Tells how far one part of the copy is. */
function counting(
  onStep: (step: VaultCopyStep) => void,
  doing: VaultCopyStep['doing'],
  total: number,
): (rows: number) => void {
  let done = 0;
  return (rows) => onStep({ doing, done: (done += rows), total });
}

/**
 * Copies a vault into another, row by row, or goes on where a copy broke off: what is there is compared first, and all of it
 * is read back and compared at the end. Nothing is opened: what is sealed stays sealed, under the same keys.
 * @throws VaultDiffersError where the target holds something else; nothing was added to it then, unless the source was
 * changed while it was copied
 */
export async function copyRows(
  source: VaultRows,
  target: VaultRows,
  onStep: (step: VaultCopyStep) => void = () => undefined,
): Promise<CopiedVault> {
  const before = await compareAllKeys(source, target);
  const alreadyThere = sumOf(before.map(({ common }) => common.length));
  await mustEqual(source, target, before, counting(onStep, 'comparing what is there', alreadyThere));
  const total = alreadyThere + sumOf(before.map(({ missing }) => missing.length));
  const copied = counting(onStep, 'copying', total);
  copied(alreadyThere);
  for (const { table, missing } of before)
    for (const keys of pages(table, missing)) {
      await target.add(table, await source.rows(table, keys));
      copied(keys.length);
    }
  const after = await compareAllKeys(source, target);
  for (const { table, missing } of after) if (missing.length > 0) throw new VaultDiffersError(table.name);
  await mustEqual(source, target, after, counting(onStep, 'reading back', total));
  const rowsOf = (name: string): number => after.find(({ table }) => table.name === name)?.common.length ?? 0;
  return {
    people: rowsOf('person'),
    notes: rowsOf('note'),
    evidence: rowsOf('evidence'),
    alreadyThere,
  };
}
