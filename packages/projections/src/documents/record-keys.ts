import { yearOfSpan } from '@ledger/calendar';
import { foldedLabel, type Thing } from '@ledger/domain';
import type { LedgerEvent } from '@ledger/events';
import { foldText } from './fold-text';
import { bodiesOf, spanOf, titleOf } from './record-document';
import { recordKey, recordKeyNames, type RecordKeyName } from './record-key';

type KeyNumbers = Readonly<Record<RecordKeyName, Map<string, number>>>;

/** How many titles are remembered with their words: the same courses come again and again. */
const keptTitles = 5000;

/** Numbers what records are found by, in the order in which it comes first, from nought on. */
export class RecordKeys {
  readonly #numbers: Readonly<Record<Thing['kind'], KeyNumbers>> = {
    activity: noNumbers(),
    claim: noNumbers(),
    observation: noNumbers(),
    deliverable: noNumbers(),
  };
  readonly #titles = new Map<string, readonly string[]>();
  #count = 0;
  #fresh: string[] = [];

  /**
   * What a record that shows a content can be found by: its type, offer, year, figure and bodies, a claim by its
   * project, and the words of its title. Each is a set of records in the index, so it changes only where what the record says changes.
   */
  of(kind: Thing['kind'], content: LedgerEvent | undefined): readonly number[] {
    const keys = [this.#number(kind, 'type', content?.type ?? '')];
    if (content === undefined) return keys;
    const add = (name: RecordKeyName, value: string): void => {
      const number = this.#number(kind, name, value);
      if (!keys.includes(number)) keys.push(number);
    };
    if ('offer' in content.data && content.data.offer !== undefined) add('offer', content.data.offer);
    const span = spanOf(content);
    const year = span.from === '' ? null : yearOfSpan(span);
    if (year !== null) add('year', String(year));
    if (content.type === 'FigureBroughtForward') add('figure', content.data.figure);
    for (const { body } of bodiesOf(content)) add('body', body);
    const project = content.type === 'SavingsRecorded' ? foldedLabel(content.data.project) : null;
    if (project !== null) add('project', project);
    for (const word of this.#wordsOf(titleOf(content))) add('word', word);
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
    const numbers = this.#numbers[kind][name];
    let number = numbers.get(value);
    if (number === undefined) {
      number = this.#count++;
      numbers.set(value, number);
      this.#fresh.push(recordKey(kind, name, value));
    }
    return number;
  }

  #wordsOf(title: string): readonly string[] {
    if (title === '') return [];
    let words = this.#titles.get(title);
    if (words === undefined) {
      if (this.#titles.size >= keptTitles) this.#titles.clear();
      words = foldText(title).split(' ');
      this.#titles.set(title, words);
    }
    return words;
  }
}

function noNumbers(): KeyNumbers {
  // Every name is there: the list names them all.
  return Object.fromEntries(recordKeyNames.map((name) => [name, new Map<string, number>()])) as KeyNumbers;
}
