import type { Thing } from '@ledger/domain';
import type { ReadStore } from '@ledger/read-store';
import { LineIndex } from '../lines/line-index';
import { NumberSet } from '../roll-ups/number-set';
import { RollUpReader } from '../roll-ups/roll-up-reader';
import { foldText } from './fold-text';
import { recordKeyNames, type RecordKeyName } from './record-key';

/** What records are looked for by: all of it. */
export interface RecordSearch {
  readonly kind: Thing['kind'];
  readonly keys: readonly { readonly name: RecordKeyName; readonly value: string }[];
  /** Each must occur in a word of the title, or in the type, offer, year or figure. */
  readonly words: readonly string[];
}

/** Finds records, by the positions of their first events, as recorded by any position. */
export class RecordFinder {
  readonly #index: LineIndex;
  readonly #reader: RollUpReader;

  constructor(readonly store: ReadStore) {
    this.#index = new LineIndex(store);
    this.#reader = new RollUpReader(store, this.#index);
  }

  /** The first positions of the records that fit. */
  async find({ kind, keys, words }: RecordSearch, upTo: number): Promise<NumberSet> {
    await this.#index.refresh(upTo);
    const sets: NumberSet[] = [];
    for (const { name, value } of keys) {
      const number = this.#index.recordKeys(kind, name).get(value);
      sets.push(await this.#standing(number === undefined ? [] : [number], upTo));
    }
    for (const word of words) sets.push(await this.#standing(this.#keysWith(kind, word), upTo));
    if (sets.length === 0)
      sets.push(await this.#standing([...this.#index.recordKeys(kind, 'type').values()], upTo));
    const [first = new NumberSet(), ...others] = sets;
    return others.reduce((found, set) => found.within(set), first);
  }

  /** The numbers of the keys in which a word occurs. */
  #keysWith(kind: Thing['kind'], word: string): number[] {
    const found: number[] = [];
    for (const name of recordKeyNames) {
      if (name === 'body' || name === 'project') continue;
      for (const [value, number] of this.#index.recordKeys(kind, name))
        if (textOf(name, value).includes(word)) found.push(number);
    }
    return found;
  }

  async #standing(keys: readonly number[], upTo: number): Promise<NumberSet> {
    const all = new NumberSet();
    for (const set of await this.#reader.standing(keys, 'things', upTo)) all.addAll(set);
    return all;
  }
}

/** The text of a key as it is searched: years as they are written, everything else folded. */
function textOf(name: RecordKeyName, value: string): string {
  return name === 'year' ? `${value.slice(0, 4)}/${value.slice(4)}` : foldText(value);
}
