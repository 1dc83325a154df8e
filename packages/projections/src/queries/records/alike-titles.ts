import { addDays } from '@ledger/calendar';
import { foldText } from '../../documents/fold-text';

/** How near and how alike two records must be to be listed, where nobody says otherwise (A13). */
export const usualAlikeness = { days: 14, overlapPercent: 80 } as const;

/** Words that titles have or lack without meaning another thing. */
const weak = new Set([
  'council',
  'borough',
  'district',
  'county',
  'city',
  'the',
  'of',
  'and',
  'a',
  'at',
  'for',
  'in',
]);

/** The words of a title that tell it from others. */
function wordsOf(title: string): ReadonlySet<string> {
  const words = foldText(title)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const strong = words.filter((word) => !weak.has(word));
  return new Set(strong.length > 0 ? strong : words);
}

function wordsAlike(a: ReadonlySet<string>, b: ReadonlySet<string>, overlapPercent: number): boolean {
  const fewer = a.size <= b.size ? a : b;
  const more = fewer === a ? b : a;
  if (fewer.size === 0) return more.size === 0;
  let shared = 0;
  for (const word of fewer) if (more.has(word)) shared += 1;
  return shared * 100 >= overlapPercent * fewer.size;
}

/** Whether enough words of two titles are the same; two records without a title are alike in that. */
export function titlesAlike(one: string, other: string, overlapPercent: number): boolean {
  return wordsAlike(wordsOf(one), wordsOf(other), overlapPercent);
}

/** Something with a title on a day. */
export interface Titled {
  readonly title: string;
  /** Its first day. */
  readonly from: string;
}

interface Entry<T> {
  readonly of: T;
  readonly words: ReadonlySet<string>;
  /** Of its words, the rarest: one of them stands in every title that is alike and longer. */
  readonly rarest: readonly string[];
}

const { days, overlapPercent } = usualAlikeness;

/**
 * Finds titles that are alike among many that could be, without comparing each with each: two titles of which the
 * shorter has `n` words share all but a fifth of them, so one of its rarest words is in both.
 */
export class AlikeTitles<T extends Titled> {
  readonly #entries: readonly Entry<T>[];
  readonly #byWord = new Map<string, Entry<T>[]>();
  readonly #byRarest = new Map<string, Entry<T>[]>();
  readonly #untitled: Entry<T>[] = [];

  constructor(all: readonly T[]) {
    const words = all.map(({ title }) => wordsOf(title));
    const often = new Map<string, number>();
    for (const ofTitle of words) for (const word of ofTitle) often.set(word, (often.get(word) ?? 0) + 1);
    const entries = all.map((of, at) => {
      const ofTitle = words[at] ?? new Set<string>();
      const byRarity = [...ofTitle].sort((a, b) => (often.get(a) ?? 0) - (often.get(b) ?? 0));
      const needed = Math.ceil((ofTitle.size * overlapPercent) / 100);
      return { of, words: ofTitle, rarest: byRarity.slice(0, ofTitle.size - needed + 1) };
    });
    this.#entries = entries;
    for (const entry of entries.toSorted((a, b) => (a.of.from < b.of.from ? -1 : 1))) {
      if (entry.words.size === 0) this.#untitled.push(entry);
      for (const word of entry.words) listed(this.#byWord, word).push(entry);
      for (const word of entry.rarest) listed(this.#byRarest, word).push(entry);
    }
  }

  /** For each, in their order, the first few of the others that are alike and near in time. */
  *alike(atMost: number): Generator<readonly [T, readonly T[]]> {
    for (const entry of this.#entries) {
      const found = new Set<T>();
      for (const postings of this.#postings(entry)) {
        for (const other of near(postings, entry.of.from)) {
          if (other === entry || found.has(other.of)) continue;
          if (wordsAlike(entry.words, other.words, overlapPercent)) found.add(other.of);
          if (found.size >= atMost) break;
        }
        if (found.size >= atMost) break;
      }
      yield [entry.of, [...found]];
    }
  }

  #postings({ words, rarest }: Entry<T>): readonly (readonly Entry<T>[])[] {
    if (words.size === 0) return [this.#untitled];
    return [
      ...rarest.map((word) => this.#byWord.get(word) ?? []),
      ...[...words].map((word) => this.#byRarest.get(word) ?? []),
    ];
  }
}

function listed<T>(map: Map<string, T[]>, key: string): T[] {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made: T[] = [];
  map.set(key, made);
  return made;
}

/** Those of entries in order of time that are at most so many days before or after a day. */
function* near<T extends Titled>(entries: readonly Entry<T>[], day: string): Generator<Entry<T>> {
  const [first, last] = [addDays(day, -days), addDays(day, days)];
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.of.from ?? '') < first) low = middle + 1;
    else high = middle;
  }
  for (let at = low; at < entries.length; at++) {
    const entry = entries[at];
    if (entry === undefined || entry.of.from > last) return;
    yield entry;
  }
}
