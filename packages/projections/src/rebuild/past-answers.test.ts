import type { LedgerQueries } from '../queries/answers';
import { pastElsewhere, type Question } from './past-answers';

/* Which questions are put elsewhere; that the answers are the same there is tested with the thread that gives them. */

/** Questions here and elsewhere that answer with where they were asked. */
function questions(applied: bigint, canAnswer = true): LedgerQueries {
  // Each is asked for its name only, and answers where it was put.
  const here = new Proxy({} as LedgerQueries, {
    get: () => async () => 'here',
    ownKeys: () => [],
  });
  const ask = async (): Promise<never> => {
    if (!canAnswer) throw new Error('refused');
    // As above: no answer, only where it comes from.
    return 'elsewhere' as never;
  };
  return pastElsewhere(here, { ask, close: async () => undefined }, () => applied);
}

type Asked = Readonly<Record<string, unknown>>;

async function where(queries: LedgerQueries, question: Question, asked: Asked): Promise<unknown> {
  // The questions of these tests take one object.
  return (queries[question] as unknown as (asked: Asked) => Promise<unknown>)(asked);
}

describe('questions that are put elsewhere', () => {
  it.each([
    ['annualTotals', {}, 'here'],
    ['annualTotals', { at: { position: 400n } }, 'here'],
    ['annualTotals', { at: { position: 399n } }, 'elsewhere'],
    ['annualTotals', { at: { date: '2020-01-01' } }, 'elsewhere'],
    ['explain', {}, 'here'],
    ['explain', { at: { position: 399n } }, 'elsewhere'],
  ] as const)('%s %j of a short log: %s', async (question, asked, place) => {
    expect(await where(questions(400n), question, asked)).toBe(place);
  });

  it('are explanations of a long log, about today too', async () => {
    expect(await where(questions(499_999n), 'explain', {})).toBe('here');
    expect(await where(questions(500_000n), 'explain', {})).toBe('elsewhere');
    expect(await where(questions(500_000n), 'annualTotals', {})).toBe('here');
  });

  it('are answered here where there is no answer elsewhere', async () => {
    expect(await where(questions(500_000n, false), 'explain', {})).toBe('here');
  });
});
