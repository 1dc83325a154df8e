import { financialYearLabel } from '@ledger/calendar';
import type { Measure } from '@ledger/domain';
import type { ChangedFigure, LedgerQueries } from '../answers';
import type { Asking } from '../asking';
import { evaluateMeasure, ruleOf } from '../measure-evaluation';
import { selectionOf } from '../select-lines';
import { publishedFacts } from '../publications/published-facts';
import type { PublishedFigures } from '../published-figures';
import { showValue, valueOf } from '../showing';
import { toldIn, type NamedFigure } from './told-in';

interface FigureThen {
  readonly measure: string | null;
  readonly named: NamedFigure;
  readonly label: string;
  readonly unit: string;
  readonly value: number;
  readonly shown: string;
}

/** The figures of one year as recorded by a position: every measure, and gains by what each is. */
export type YearFigures = ReadonlyMap<string, FigureThen>;

/** A quarter, a programme, or both. */
export interface PartOfYear {
  readonly quarter?: 1 | 2 | 3 | 4;
  readonly programme?: string;
}

/** A history has no quarters, and a measure of some programmes says nothing of another. */
function isAskedOf(measure: Measure, { quarter, programme }: PartOfYear): boolean {
  if (quarter !== undefined && ruleOf(measure).sequence === true) return false;
  const own = selectionOf(measure).programmes;
  return programme === undefined || own === undefined || own.includes(programme);
}

/** Whole pence and hundredths stay exact when differences are taken of pounds and days. */
function minus(a: number, b: number): number {
  return Math.round(100 * a - 100 * b) / 100;
}

/** Asks the figures of one year at one position after another; the last ones are kept, as neighbours share them. */
export class FiguresOfYear {
  readonly #kept = new Map<bigint, YearFigures>();

  constructor(
    readonly asking: Asking,
    readonly queries: Pick<LedgerQueries, 'savings'>,
    readonly published: PublishedFigures,
    readonly year: number,
    /** The quarter or programme that the figures are of; neither is the year of all programmes. */
    readonly part: PartOfYear = {},
  ) {}

  async at(position: bigint): Promise<YearFigures> {
    const known = this.#kept.get(position);
    if (known !== undefined) return known;
    const ground = await this.asking.ground({ position });
    const figures = new Map<string, FigureThen>();
    for (const measure of ground.catalogue.measures.values()) {
      if (!isAskedOf(measure, this.part)) continue;
      const { evaluation } = await evaluateMeasure(this.asking, ground, {
        measure: measure.id,
        year: this.year,
        ...this.part,
      });
      const { id, label, unit } = measure;
      const value = valueOf(measure, evaluation);
      const shown = showValue(measure, evaluation);
      figures.set(id, { measure: id, named: this.#named(id), label, unit, value, shown });
    }
    for (const gains of await this.#gains(position)) figures.set(`gains ${gains.label}`, gains);
    if (this.#kept.size > 2) this.#kept.clear();
    this.#kept.set(position, figures);
    return figures;
  }

  /** Gains are of years and of all programmes. They are never added across what they are: each sort is a figure. */
  async #gains(position: bigint): Promise<readonly FigureThen[]> {
    if (this.part.quarter !== undefined || this.part.programme !== undefined) return [];
    const { split } = await this.queries.savings({ year: this.year, at: { position } });
    const year = financialYearLabel(this.year);
    return split.map(({ label, value, shown, realisation, gainType, amountBasis }) => ({
      measure: null,
      named: { ask: 'savings', parameters: { realisation, gainType, amountBasis, year } },
      label,
      unit: 'GBP',
      value,
      shown,
    }));
  }

  /** What differs between two positions, with the figures brought forward that stand beside it. */
  async changes(before: bigint, now: bigint): Promise<readonly ChangedFigure[]> {
    const [was, is] = [await this.at(before), await this.at(now)];
    const published = publishedFacts(await this.asking.publicationFacts(now));
    const changed: ChangedFigure[] = [];
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      const [then, since] = [was.get(key), is.get(key)];
      const known = since ?? then;
      if (known === undefined || (then?.value === since?.value && then?.shown === since?.shown)) continue;
      changed.push({
        measure: known.measure,
        label: known.label,
        unit: known.unit,
        before: then?.shown ?? null,
        now: since?.shown ?? null,
        difference: minus(since?.value ?? 0, then?.value ?? 0),
        figures: await this.#broughtForward(known.measure, now),
        toldIn: toldIn(published, known.named, { before, shown: since?.shown ?? null }),
      });
    }
    return changed;
  }

  /** As a publication names it; of a programme none is published. */
  #named(measure: string): NamedFigure {
    const { quarter, programme } = this.part;
    const parameters = {
      measure,
      year: financialYearLabel(this.year),
      ...(quarter !== undefined && { quarter: String(quarter) }),
      ...(programme !== undefined && { programme }),
    };
    return { ask: 'annual-total', parameters };
  }

  async #broughtForward(measure: string | null, position: bigint): Promise<readonly string[]> {
    const { year, part } = this;
    const query =
      measure === null
        ? ({ ask: 'savings', year } as const)
        : ({ ask: 'annual-total', measure, year, ...part } as const);
    return (await this.published.matching(query, Number(position))).map(({ figure }) => figure);
  }
}
