import type { EventData } from '@ledger/events';
import type { FigureQuery, MappedFigure } from '@ledger/domain';
import type { EventLog } from '@ledger/event-log';
import type { RecordFinder, RecordSearch } from '../documents/record-finder';
import type { NumberSet } from '../roll-ups/number-set';
import type { LogStreams } from './log-streams';
import { readStandingContent } from './log-streams';

/** A figure brought forward, as it stands. */
export type PublishedFigure = EventData<'FigureBroughtForward'>;

/** Finds figures brought forward, and which of them a question computes. */
export class PublishedFigures {
  readonly #byQuestion = new Map<string, string[]>();
  readonly #byFigure: ReadonlyMap<string, FigureQuery>;

  constructor(
    readonly records: RecordFinder,
    readonly log: LogStreams & Pick<EventLog, 'readPage'>,
    mapping: readonly MappedFigure[],
  ) {
    this.#byFigure = new Map(mapping.map(({ figure, query }) => [figure, query]));
    for (const { figure, query } of mapping) {
      const text = questionText(query);
      this.#byQuestion.set(text, [...(this.#byQuestion.get(text) ?? []), figure]);
    }
  }

  /** The question a figure is mapped to. */
  queryOf(figure: string): FigureQuery | undefined {
    return this.#byFigure.get(figure);
  }

  /** The published figures that a question computes, as recorded by a position. */
  async matching(query: FigureQuery, upTo: number): Promise<readonly PublishedFigure[]> {
    const figures = this.#byQuestion.get(questionText(query)) ?? [];
    const found = await Promise.all(figures.map((figure) => this.find(figure, upTo)));
    return found.filter((figure) => figure !== undefined);
  }

  /** The figure of an id as it stands, or undefined. */
  async find(figure: string, upTo: number): Promise<PublishedFigure | undefined> {
    const [ordinal] = (await this.#records([{ name: 'figure', value: figure }], upTo)).below(Infinity, 1);
    if (ordinal === undefined) return undefined;
    const [first] = await this.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
    const content = first && (await readStandingContent(this.log, first.stream, upTo));
    return content?.event.type === 'FigureBroughtForward' ? content.event.data : undefined;
  }

  /** Every figure that stands, in the order in which they came. */
  async all(upTo: number): Promise<readonly PublishedFigure[]> {
    const found = await this.#records([{ name: 'type', value: 'FigureBroughtForward' }], upTo);
    const figures: PublishedFigure[] = [];
    for (const ordinal of found.below(Infinity, found.size).reverse()) {
      const [first] = await this.log.readPage({ after: BigInt(ordinal) - 1n, limit: 1 });
      const content = first && (await readStandingContent(this.log, first.stream, upTo));
      if (content?.event.type === 'FigureBroughtForward') figures.push(content.event.data);
    }
    return figures;
  }

  async #records(keys: RecordSearch['keys'], upTo: number): Promise<NumberSet> {
    return this.records.find({ kind: 'observation', keys, words: [] }, upTo);
  }

  /** How many figures stand, and how many of them have a query. */
  async coverage(upTo: number): Promise<{ published: number; withQuery: number; withoutQuery: number }> {
    const published = (await this.#records([{ name: 'type', value: 'FigureBroughtForward' }], upTo)).size;
    let withQuery = 0;
    for (const figure of this.#byFigure.keys())
      withQuery += (await this.#records([{ name: 'figure', value: figure }], upTo)).size;
    return { published, withQuery, withoutQuery: published - withQuery };
  }
}

/** The same question always has the same text, whatever the order of its parts. */
function questionText(query: FigureQuery): string {
  const parts = Object.entries(query).filter(([, value]) => value !== undefined);
  return JSON.stringify(parts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
