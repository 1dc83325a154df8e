import type { AskedAt, LedgerQueries } from '../queries/answers';

/** From so many events on, a figure may be made of more lines than others should wait for while it is explained. */
const explainedElsewhere = 500_000n;

/** A question by its name. */
export type Question = keyof LedgerQueries;

/**
 * Answers questions somewhere else, from the same read models: those about the past count everything again, an
 * explanation reads every line of its figure, and whoever asks about today or records something need not wait for them.
 */
export interface PastAnswers {
  /** @throws where it cannot answer, for whatever reason: then the question is answered here, or refused here */
  ask<Q extends Question>(
    question: Q,
    asked: Parameters<LedgerQueries[Q]>,
  ): Promise<Awaited<ReturnType<LedgerQueries[Q]>>>;
  close(): Promise<void>;
}

/**
 * The questions, of which those that count about the past are answered elsewhere, and explanations in a long log.
 * @param applied the position that answers stand at now: a question about it is none about the past
 */
export function pastElsewhere(
  here: LedgerQueries,
  elsewhere: PastAnswers,
  applied: () => bigint,
): LedgerQueries {
  const isPast = ({ date, position }: AskedAt = {}): boolean =>
    position === undefined ? date !== undefined : position < applied();

  /** Elsewhere, if there it can be answered. */
  async function putElsewhere<Q extends Question>(
    question: Q,
    asked: Parameters<LedgerQueries[Q]>,
    answerHere: () => ReturnType<LedgerQueries[Q]>,
  ): Promise<Awaited<ReturnType<LedgerQueries[Q]>>> {
    try {
      return await elsewhere.ask(question, asked);
    } catch {
      // Refused there it is refused here too, and in its own words.
      return await answerHere();
    }
  }

  /** As recorded by `at`, elsewhere where that is the past. */
  async function put<Q extends Question>(
    question: Q,
    at: AskedAt | undefined,
    asked: Parameters<LedgerQueries[Q]>,
    answerHere: () => ReturnType<LedgerQueries[Q]>,
  ): Promise<Awaited<ReturnType<LedgerQueries[Q]>>> {
    return await (isPast(at) ? putElsewhere(question, asked, answerHere) : answerHere());
  }

  return {
    ...here,
    annualTotals: (asked) => put('annualTotals', asked.at, [asked], () => here.annualTotals(asked)),
    quarterlyTotals: (asked) => put('quarterlyTotals', asked.at, [asked], () => here.quarterlyTotals(asked)),
    sum: (asked) => put('sum', asked.at, [asked], () => here.sum(asked)),
    citedFigures: (asked) => put('citedFigures', asked.at, [asked], () => here.citedFigures(asked)),
    savings: (asked) => put('savings', asked.at, [asked], () => here.savings(asked)),
    gainsTable: (asked) => put('gainsTable', asked.at, [asked], () => here.gainsTable(asked)),
    takeUp: (asked) => put('takeUp', asked.at, [asked], () => here.takeUp(asked)),
    deliverables: (asked) => put('deliverables', asked.at, [asked], () => here.deliverables(asked)),
    figure: (id, at) => put('figure', at, [id, at], () => here.figure(id, at)),
    explain: (asked) => {
      const answerHere = (): ReturnType<LedgerQueries['explain']> => here.explain(asked);
      return applied() < explainedElsewhere
        ? put('explain', asked.at, [asked], answerHere)
        : putElsewhere('explain', [asked], answerHere);
    },
    bridge: (asked) =>
      put('bridge', isPast(asked.from.at) ? asked.from.at : asked.to.at, [asked], () => here.bridge(asked)),
  };
}
