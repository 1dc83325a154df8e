import { readCitedQuestion, type CitedQuestion } from '@ledger/domain';
import type { EventData } from '@ledger/events';
import { QuestionRefusedError } from '../asking';
import { citedFigures, type CitableQueries } from '../citations/cited-figures';
import { citedKey, saidBesides, type CitedFigure } from '../citations/cited-figure';
import type { SaidFigure } from './publication-answers';

type Published = EventData<'FigurePublished'>;

/** What names a row of each table: left out, the whole table is asked at once. */
const rowNames: Readonly<Record<string, readonly string[]>> = {
  'annual-total': ['measure'],
  'take-up': ['group'],
  savings: ['area', 'realisation', 'gainType', 'amountBasis', 'notApportioned'],
  'savings-table': ['row', 'column'],
};

/** A figure that is asked again, perhaps by a question that this release does not know. */
interface AskedFigure {
  readonly ask: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly label: string;
}

/** A table of which some figures are asked again. */
interface AskedTable {
  readonly question: CitedQuestion;
  /** Of annual totals: the measures, since each is counted by itself. */
  readonly measures: Set<string>;
}

function tablesOf(figures: readonly AskedFigure[]): readonly AskedTable[] {
  const tables = new Map<string, AskedTable>();
  for (const { ask, parameters } of figures) {
    const table = Object.fromEntries(
      Object.entries(parameters).filter(([name]) => rowNames[ask]?.includes(name) !== true),
    );
    const question = readCitedQuestion(ask, table);
    if (question === undefined) continue;
    const key = citedKey({ ask, parameters: table });
    const asked = tables.get(key) ?? { question, measures: new Set<string>() };
    tables.set(key, asked);
    const { measure } = parameters;
    if (ask === 'annual-total' && measure !== undefined) asked.measures.add(measure);
  }
  return [...tables.values()];
}

/** What figures come to as recorded by some position, by their keys; one that cannot be asked then is not there. */
export type FiguresThen = ReadonlyMap<string, CitedFigure>;

/** Asks figures again, as recorded by one position after another; the last answers are kept, as neighbours share them. */
export class FiguresAgain {
  readonly #tables: readonly AskedTable[];
  readonly #kept = new Map<bigint, FiguresThen>();
  /** What each figure was called when it was published: a label that names what it adds up changes with it. */
  readonly labels: ReadonlyMap<string, string>;

  constructor(
    readonly queries: CitableQueries,
    readonly figures: readonly AskedFigure[],
  ) {
    this.labels = new Map(figures.map((figure) => [citedKey(figure), figure.label]));
    this.#tables = tablesOf(figures);
  }

  async at(position: bigint): Promise<FiguresThen> {
    const known = this.#kept.get(position);
    if (known !== undefined) return known;
    const wanted = new Set(this.figures.map(citedKey));
    const found = new Map<string, CitedFigure>();
    for (const table of this.#tables)
      for (const figure of await this.#ask(table, position))
        if (wanted.has(citedKey(figure))) found.set(citedKey(figure), figure);
    if (this.#kept.size > 100) this.#kept.clear();
    this.#kept.set(position, found);
    return found;
  }

  async #ask({ question, measures }: AskedTable, position: bigint): Promise<readonly CitedFigure[]> {
    try {
      const only = measures.size > 0 ? { measures: [...measures] } : {};
      return (await citedFigures(this.queries, { question, ...only, at: { position } })).figures;
    } catch (error) {
      // An offer or a measure that was not declared by then, or a rule that this release does not have.
      if (error instanceof QuestionRefusedError) return [];
      throw error;
    }
  }
}

/** What a figure says, without what it is. */
export function saidBy(figure: CitedFigure): SaidFigure {
  const { value, shown, rule, numerator, base, attributed } = figure;
  return said({ value, shown, rule: rule.id, numerator, base, attributed });
}

/** What was published, in the same form. */
export function saidThen({ value, shown, rule, numerator, base, attributed }: Published): SaidFigure {
  return said({ value, shown, rule, numerator, base, attributed });
}

function said(figure: {
  readonly [name in keyof SaidFigure]-?: SaidFigure[name] | undefined;
}): SaidFigure {
  const { value = null, shown = '', rule = '' } = figure;
  return {
    value,
    shown,
    rule,
    ...saidBesides(figure),
  };
}

/**
 * Whether two say the same, whatever rule they are by. What is put down to the programme is compared where both say it:
 * earlier releases published it of fewer figures.
 */
export function saysTheSame(one: SaidFigure | undefined, other: SaidFigure | undefined): boolean {
  const both = one?.attributed !== undefined && other?.attributed !== undefined;
  const told = (figure: SaidFigure | undefined): string =>
    JSON.stringify(
      figure && [figure.value, figure.shown, figure.numerator, figure.base, both ? figure.attributed : null],
    );
  return told(one) === told(other);
}
