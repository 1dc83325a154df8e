import type { PostgresDatabase, Queryable } from '@ledger/postgres';
import type { Dictionary } from '../port';
import { addKeys, numbersOfKeys } from './statements';
import { wholeNumber } from './rows';

/** How many keys of a dictionary are remembered. */
const rememberedKeys = 50_000;

/**
 * The numbers of keys, made where they are new. They are given in a transaction of their own that is on the disk before
 * any row uses them, without gaps and in the order in which they can be seen: other projectors may be adding keys at the
 * same time, and readers count on knowing the first n keys where they know n. A number that was given stays, so it is
 * remembered: what one partition has asked for others ask for soon.
 */
export class Interning {
  readonly #numbers = new Map<Dictionary, Map<string, number>>();

  constructor(readonly database: PostgresDatabase) {}

  async numbersOf(dictionary: Dictionary, keys: readonly string[]): Promise<readonly number[]> {
    const { database } = this;
    const numbers = this.#remembered(dictionary);
    await learn(numbers, keys, async (unknown) => known(database, dictionary, unknown));
    await learn(numbers, keys, async (unknown) => added(database, dictionary, unknown));
    return keys.map((key) => {
      const number = numbers.get(key);
      if (number === undefined) throw new RangeError(`The ${dictionary} ${key} got no number`);
      return number;
    });
  }

  #remembered(dictionary: Dictionary): Map<string, number> {
    let numbers = this.#numbers.get(dictionary);
    if (numbers === undefined || numbers.size > rememberedKeys) {
      numbers = new Map();
      this.#numbers.set(dictionary, numbers);
    }
    return numbers;
  }
}

/** Finds out the numbers of keys that are not known. */
async function learn(
  numbers: Map<string, number>,
  keys: readonly string[],
  find: (unknown: readonly string[]) => Promise<ReadonlyMap<string, number>>,
): Promise<void> {
  const unknown = new Set(keys.filter((key) => !numbers.has(key)));
  if (unknown.size > 0) for (const [key, number] of await find([...unknown])) numbers.set(key, number);
}

async function known(
  on: Queryable,
  dictionary: Dictionary,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await on.rows(numbersOfKeys(dictionary), [keys]);
  return new Map(rows.map(([key, number]) => [String(key), wholeNumber(number)]));
}

async function added(
  database: PostgresDatabase,
  dictionary: Dictionary,
  keys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  return database.transaction(async (transaction) => {
    // Rows that are lost in a crash are applied again; a number that was given is kept in memory by whoever got it.
    await transaction.change('SET LOCAL synchronous_commit = on');
    const [row] = await transaction.rows('SELECT keys FROM dictionary WHERE name = $1 FOR UPDATE', [
      dictionary,
    ]);
    const held = wholeNumber(row?.[0]);
    // Another projector may have added them before the lock was ours.
    const numbers = await known(transaction, dictionary, keys);
    const fresh = keys.filter((key) => !numbers.has(key));
    if (fresh.length === 0) return numbers;
    await transaction.change(addKeys(dictionary), [held, fresh]);
    await transaction.change('UPDATE dictionary SET keys = keys + $2::integer WHERE name = $1', [
      dictionary,
      fresh.length,
    ]);
    for (const [at, key] of fresh.entries()) numbers.set(key, held + at + 1);
    return numbers;
  });
}
