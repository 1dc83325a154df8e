import type { AskedAt, LedgerQueries } from '../queries/answers';

/** A question by its name. */
export type Question = keyof LedgerQueries;

/**
 * Answers questions somewhere else, from the same read models: those about the past count everything again, and whoever
 * asks about today or records something need not wait for them.
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
 * The questions, of which those that count about the past are answered elsewhere.
 * @param applied the position that answers stand at now: a question about it is none about the past
 */
export function pastElsewhere(
  here: LedgerQueries,
  elsewhere: PastAnswers,
  applied: () => bigint,
): LedgerQueries {
  const isPast = ({ date, position }: AskedAt = {}): boolean =>
    position === undefined ? date !== undefined : position < applied();

  /** As recorded by `at`, elsewhere where that is the past. */
  async function put<Q extends Question>(
    question: Q,
    at: AskedAt | undefined,
    asked: Parameters<LedgerQueries[Q]>,
    answerHere: () => ReturnType<LedgerQueries[Q]>,
  ): Promise<Awaited<ReturnType<LedgerQueries[Q]>>> {
    if (isPast(at))
      try {
        return await elsewhere.ask(question, asked);
      } catch {
        // Refused there it is refused here too, and in its own words.
      }
    return await answerHere();
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
    explain: (asked) => put('explain', asked.at, [asked], () => here.explain(asked)),
    bridge: (asked) =>
      put('bridge', isPast(asked.from.at) ? asked.from.at : asked.to.at, [asked], () => here.bridge(asked)),
  };
}
