import type { ChangeAfterClose, ChangedFigure } from '../answers';
import type { Asking } from '../asking';
import { appendAround, changeBy, type AppendedEvent } from '../changes-after-close/appends';
import { saidBy, saysTheSame, type FiguresAgain, type FiguresThen } from './figures-again';

/** Finds what made figures differ, by asking them again as recorded by positions between. */
export class DifferenceFinder {
  readonly #asking: Asking;
  readonly #figures: FiguresAgain;

  constructor(asking: Asking, figures: FiguresAgain) {
    this.#asking = asking;
    this.#figures = figures;
  }

  /** What differs between two answers, figure by figure. */
  #effect(before: FiguresThen, after: FiguresThen): ChangedFigure[] {
    const effect: ChangedFigure[] = [];
    for (const [key, label] of this.#figures.labels) {
      const [was, is] = [before.get(key), after.get(key)];
      const known = is ?? was;
      if (known === undefined || saysTheSame(was && saidBy(was), is && saidBy(is))) continue;
      effect.push({
        measure: known.parameters['measure'] ?? null,
        label,
        unit: known.unit,
        before: was?.shown ?? null,
        now: is?.shown ?? null,
        // Whole pence and hundredths stay exact.
        difference: Math.round(100 * Number(is?.value ?? 0) - 100 * Number(was?.value ?? 0)) / 100,
        figures: [],
        toldIn: [],
      });
    }
    return effect;
  }

  #areAlike(one: FiguresThen, other: FiguresThen): boolean {
    return this.#effect(one, other).length === 0;
  }

  /** What the events of one command changed; undefined where they changed nothing. */
  async change(append: readonly AppendedEvent[]): Promise<ChangeAfterClose | undefined> {
    const [first, last] = [append[0], append.at(-1)];
    if (first === undefined || last === undefined) return undefined;
    const before = await this.#figures.at(first.recorded.position - 1n);
    const effect = this.#effect(before, await this.#figures.at(last.recorded.position));
    return effect.length === 0 ? undefined : changeBy(this.#asking, append, effect);
  }

  /**
   * The changes that explain a difference between two positions, by halving what lies between: a question answers for any
   * position, so nothing has to be known of what bears on it. What was changed and changed back in between is not found.
   */
  async between(from: bigint, to: bigint): Promise<readonly ChangeAfterClose[]> {
    const found: ChangeAfterClose[] = [];
    for (let start = from; start < to;) {
      const append = await this.#firstAfter(start, to);
      if (append === undefined) break;
      const change = await this.change(append);
      if (change !== undefined) found.push(change);
      start = append.at(-1)?.recorded.position ?? to;
    }
    return found;
  }

  /** The first command after a position from which on the figures are not as they were; undefined where none differs. */
  async #firstAfter(from: bigint, upTo: bigint): Promise<readonly AppendedEvent[] | undefined> {
    const start = await this.#figures.at(from);
    for (let to = upTo; !this.#areAlike(start, await this.#figures.at(to));) {
      const position = await this.#firstUnlike(from, to);
      const append = await appendAround(this.#asking, position, upTo);
      const before = (append[0]?.recorded.position ?? position) - 1n;
      // What it changed was changed before as well.
      if (before > from && !this.#areAlike(start, await this.#figures.at(before))) to = before;
      else return append;
    }
    return undefined;
  }

  /** A position at which the figures are not as at `from`, while just before it they are. */
  async #firstUnlike(from: bigint, to: bigint): Promise<bigint> {
    const start = await this.#figures.at(from);
    let [alike, unlike] = [from, to];
    while (unlike - alike > 1n) {
      const middle = (alike + unlike) / 2n;
      if (this.#areAlike(start, await this.#figures.at(middle))) alike = middle;
      else unlike = middle;
    }
    return unlike;
  }
}
