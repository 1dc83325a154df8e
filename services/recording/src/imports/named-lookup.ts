import { Slug } from '@ledger/events';
import { cellText, type CellValue } from '@ledger/spreadsheets';
import type { ReadCell } from './cell-readings';
import { shareOfWords } from './nearest-answers';
import { question, rejection } from './row-faults';

/** So much of a name has to be there before it is one that may be meant. */
const leastShare = 0.45;

/** How many different texts are remembered with what they name. */
const rememberedTexts = 10_000;

/** Something that has an id and a label in the catalogue. */
interface Named {
  readonly id: string;
  readonly label: string;
}

/**
 * Finds what cells name in the catalogue, by its id or its label. The rows of a file name the same few things again and
 * again, and a name that is wrong is compared with all there are.
 */
export class NamedLookup {
  readonly #ids: ReadonlySet<string>;
  readonly #all: readonly (Named & { readonly words: ReadonlySet<string> })[];
  readonly #read = new Map<string, ReadCell>();

  /** @param called what such a thing is called in sentences */
  constructor(
    known: Iterable<Named>,
    readonly called: string,
  ) {
    this.#all = Array.from(known, ({ id, label }) => ({ id, label, words: wordsOf(label) }));
    this.#ids = new Set(this.#all.map(({ id }) => id));
  }

  /** The id of what a cell names, or what is wrong with it. */
  read(cell: CellValue): ReadCell {
    const text = cellText(cell);
    const known = this.#read.get(text);
    if (known !== undefined) return known;
    const read = this.#find(text);
    if (this.#read.size >= rememberedTexts) this.#read.clear();
    this.#read.set(text, read);
    return read;
  }

  #find(text: string): ReadCell {
    const code = this.called.replaceAll(' ', '-');
    if (this.#ids.has(text.toLowerCase())) return { text: text.toLowerCase() };
    const wanted = wordsOf(text);
    const folded = [...wanted].join(' ');
    const same = this.#all.filter(({ words }) => [...words].join(' ') === folded);
    const [only, ...others] = same;
    if (only !== undefined && others.length === 0) return { text: only.id };
    if (only !== undefined)
      return {
        fault: question(
          `${code}-two-ways`,
          `“${text.slice(0, 60)}” may be any of: ${same.map(({ id }) => id).join(', ')}; write the one that is meant`,
          ...(same.length === 2 ? same.map(({ id }) => id) : []),
        ),
      };
    const nearest = this.#nearest(wanted);
    // An id that is none is for the rules to refuse, as by every other route.
    if (nearest.length === 0 && Slug.safeParse(text).success) return { text };
    const did =
      nearest.length === 0 ? '' : `; did you mean ${nearest.map((label) => `“${label}”`).join(' or ')}?`;
    return {
      fault: rejection(
        `${code}-declared`,
        `there is no ${this.called} “${text.slice(0, 60)}” in the catalogue${did}`,
        ...nearest,
      ),
    };
  }

  /** The labels that have most words of a text; none where more than two have as many. */
  #nearest(wanted: ReadonlySet<string>): string[] {
    const shares = this.#all
      .map(({ label, words }) => ({ label, share: shareOfWords(wanted, words) }))
      .filter(({ share }) => share >= leastShare)
      .sort((a, b) => b.share - a.share);
    const nearest = shares.filter(({ share }) => share === shares[0]?.share).map(({ label }) => label);
    return nearest.length <= 2 ? nearest : [];
  }
}

function wordsOf(text: string): ReadonlySet<string> {
  const words = text.toLowerCase().replaceAll('&', ' and ').replaceAll(/['’]/g, '');
  return new Set(words.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ''));
}
