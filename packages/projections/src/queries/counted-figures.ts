import type { Register } from '@ledger/councils';
import type { Catalogue } from '@ledger/domain';
import type { Reading } from '../lines/changes';
import type { LineIndex } from '../lines/line-index';
import { nextTurn } from '../lines/next-turn';

/** How many figures are kept: those that stand now, and those of earlier positions. */
const mostKept = { now: 500, past: 100 } as const;

/** What a figure depends on besides lines: a position, and register and catalogue as recorded by it. */
interface CountedOn {
  readonly upTo: number;
  readonly register: Register;
  readonly catalogue: Catalogue;
  /** Where what a figure was counted from is noted too: the figure is a part of another. */
  readonly seen?: Set<number>;
}

/** A figure, and the positions by which it is as it is. */
interface KeptFigure<V> {
  readonly counted: V;
  readonly register: Register;
  readonly catalogue: Catalogue;
  readonly seen: ReadonlySet<number>;
  /** The last change of anything that it was counted from. */
  readonly from: number;
  to: number;
  /** While nothing that it was counted from has changed since: how far that has been looked at. */
  unchangedSince: Reading | undefined;
}

/**
 * Figures that were counted, kept until something changes that they were counted from: a sheet or roll-up, the register
 * or the catalogue. An event changes few sheets, so most figures stand after it as they stood before. The figure
 * that stands now and one of an earlier position are kept of each question.
 */
export class CountedFigures<V> {
  readonly #kept = { now: new Map<string, KeptFigure<V>>(), past: new Map<string, KeptFigure<V>>() };
  /** By question and position: those who ask at the same time count once. */
  readonly #counting = new Map<string, Promise<KeptFigure<V>>>();

  constructor(readonly index: LineIndex) {}

  /**
   * The figure of a question at a ground: as kept, or counted now.
   * @param key names the question and everything that it asks, but for the ground
   * @param count counts, and notes the sheets and roll-ups that it looks at, and the sets that it found them in
   */
  async once(key: string, ground: CountedOn, count: (seen: Set<number>) => Promise<V>): Promise<V> {
    await this.index.refresh(ground.upTo);
    for (const figures of [this.#kept.now, this.#kept.past]) {
      const kept = figures.get(key);
      if (kept !== undefined && this.#stands(kept, ground)) return told(kept, ground);
    }
    const name = `${ground.upTo} ${key}`;
    let counting = this.#counting.get(name);
    if (counting === undefined) {
      counting = this.#count(key, ground, count).finally(() => this.#counting.delete(name));
      this.#counting.set(name, counting);
    }
    return told(await counting, ground);
  }

  #stands(kept: KeptFigure<V>, { upTo, catalogue, register }: CountedOn): boolean {
    if (kept.catalogue !== catalogue || kept.register !== register) return false;
    if (upTo > kept.to && kept.unchangedSince !== undefined) this.#look(kept, kept.unchangedSince);
    return kept.from <= upTo && upTo <= kept.to;
  }

  /** Looks whether anything that a figure was counted from has changed. */
  #look(kept: KeptFigure<V>, since: Reading): void {
    const reading = this.index.reading;
    const same = !this.index.anyChanged(kept.seen, since);
    kept.unchangedSince = same ? reading : undefined;
    if (same) kept.to = reading.upTo;
  }

  async #count(
    key: string,
    ground: CountedOn,
    count: (seen: Set<number>) => Promise<V>,
  ): Promise<KeptFigure<V>> {
    await nextTurn();
    const reading = this.index.reading;
    const seen = new Set<number>();
    const counted = await count(seen);
    let from = 0;
    for (const number of seen) from = Math.max(from, this.index.lastChange(number));
    // What has changed since the position was as it is now for that position only, as far as is known.
    const past = from > ground.upTo || ground.upTo < reading.upTo;
    const { register, catalogue } = ground;
    const figure = {
      counted,
      register,
      catalogue,
      seen,
      from: Math.min(from, ground.upTo),
      to: ground.upTo,
      unchangedSince: from > ground.upTo ? undefined : reading,
    };
    this.#keep(past ? 'past' : 'now', key, figure);
    return figure;
  }

  #keep(when: 'now' | 'past', key: string, figure: KeptFigure<V>): void {
    const figures = this.#kept[when];
    figures.delete(key);
    figures.set(key, figure);
    for (const oldest of figures.keys()) {
      if (figures.size <= mostKept[when]) break;
      figures.delete(oldest);
    }
  }
}

/** What was counted; what it was counted from is noted for those of whom it is a part. */
function told<V>({ counted, seen }: KeptFigure<V>, ground: CountedOn): V {
  if (ground.seen !== undefined) for (const number of seen) ground.seen.add(number);
  return counted;
}
