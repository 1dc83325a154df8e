import { yearOfSpan } from '@ledger/calendar';
import { foldedLabel, type Thing } from '@ledger/domain';
import type { LedgerEvent } from '@ledger/events';
import { foldText } from './fold-text';
import { bodiesOf, spanOf, titleOf } from './record-document';
import { recordKey, recordKeyNames, type RecordKeyName } from './record-key';

/** What is known of the keys of one kind of record. */
interface KnownKeys {
  readonly numbers: Readonly<Record<RecordKeyName, Map<string, number>>>;
  /** The numbers of the words of titles. */
  readonly titles: Map<string, readonly number[]>;
}

/** How many titles of a kind are remembered with their words: the same courses come again and again. */
const keptTitles = 5000;

/** Numbers what records are found by, in the order in which it comes first, from nought on. */
export class RecordKeys {
  readonly #known: Readonly<Record<Thing['kind'], KnownKeys>> = {
    activity: noKeys(),
    claim: noKeys(),
    observation: noKeys(),
    deliverable: noKeys(),
  };
  #count = 0;
  #fresh: string[] = [];

  /**
   * What a record that shows a content can be found by: its type, offer, year, figure and bodies, a claim by its
   * project, and the words of its title. Each is a set of records in the index, so it changes only where what the record says changes.
   */
  of(kind: Thing['kind'], content: LedgerEvent | undefined): readonly number[] {
    const keys = [this.#number(kind, 'type', content?.type ?? '')];
    if (content === undefined) return keys;
    const addNumber = (number: number): void => {
      if (!keys.includes(number)) keys.push(number);
    };
    const add = (name: RecordKeyName, value: string): void => addNumber(this.#number(kind, name, value));
    if ('offer' in content.data && content.data.offer !== undefined) add('offer', content.data.offer);
    const span = spanOf(content);
    const year = span.from === '' ? null : yearOfSpan(span);
    if (year !== null) add('year', String(year));
    if (content.type === 'FigureBroughtForward') add('figure', content.data.figure);
    for (const { body } of bodiesOf(content)) add('body', body);
    const project = content.type === 'SavingsRecorded' ? foldedLabel(content.data.project) : null;
    if (project !== null) add('project', project);
    for (const number of this.#wordsOf(kind, titleOf(content))) addNumber(number);
    // Things keep them, and what grew by pushing has room for as much again.
    return keys.slice();
  }

  /** The keys that are new since the last call. */
  take(): string[] {
    const fresh = this.#fresh;
    this.#fresh = [];
    return fresh;
  }

  #number(kind: Thing['kind'], name: RecordKeyName, value: string): number {
    const numbers = this.#known[kind].numbers[name];
    let number = numbers.get(value);
    if (number === undefined) {
      number = this.#count++;
      numbers.set(value, number);
      this.#fresh.push(recordKey(kind, name, value));
    }
    return number;
  }

  #wordsOf(kind: Thing['kind'], title: string): readonly number[] {
    if (title === '') return [];
    const { titles } = this.#known[kind];
    let words = titles.get(title);
    if (words === undefined) {
      if (titles.size >= keptTitles) titles.clear();
      words = foldText(title)
        .split(' ')
        .map((word) => this.#number(kind, 'word', word));
      titles.set(title, words);
    }
    return words;
  }
}

function noKeys(): KnownKeys {
  const numbers = Object.fromEntries(recordKeyNames.map((name) => [name, new Map<string, number>()]));
  // Every name is there: the list names them all.
  return { numbers: numbers as KnownKeys['numbers'], titles: new Map() };
}
