import { MemoryEventLog } from '@ledger/event-log';
import {
  createQueries,
  historyFromLog,
  LogFollower,
  Projector,
  type AskedAt,
  type LedgerQueries,
} from '@ledger/projections';
import type { ReadStore } from '@ledger/read-store';
import { history } from '../histories';
import { Random } from '../histories/random';
import { answered, everyQuestion } from '../property/asked-figures';
import { appendHistory } from '../running/log-of-history';
import { ReadStores } from '../running/read-stores';

const years = [201516, 201617, 201718];

/** Asks several questions at once, of now and of before: they share what they read. */
async function expectSameAtOnce(
  asked: LedgerQueries,
  fresh: LedgerQueries,
  positions: readonly bigint[],
  random: Random,
): Promise<void> {
  const questions = Array.from({ length: 6 }, () => ({
    question: random.pick(everyQuestion),
    position: random.pick(positions),
  }));
  const answers = async (queries: LedgerQueries): Promise<readonly unknown[]> =>
    Promise.all(questions.map(async ({ question, position }) => answered(question, queries, position)));
  expect(await answers(asked)).toEqual(await answers(fresh));
}

/** Grows a ledger by a few events at a time, and asks it and one that is asked for the first time the same. */
async function growAndAsk(store: ReadStore, seed: number): Promise<number> {
  const log = new MemoryEventLog(() => Date.parse('2019-05-01T09:00:00Z'));
  const follower = new LogFollower(log, new Projector(store, historyFromLog(log)));
  await follower.start();
  const parts = { store, log, figures: [] };
  const asked = createQueries(parts);
  const random = new Random(seed);
  const { events } = history({ seed, events: 260 });
  let compared = 0;
  for (let at = 0; at < events.length;) {
    const next = events.slice(at, at + random.between(1, 12));
    at += next.length;
    await appendHistory(log, next);
    await follower.whenApplied(BigInt(at));
    const positions = [BigInt(at), BigInt(random.between(1, at)), BigInt(Math.max(1, at - 3))];
    const year = random.pick(years);
    for (const position of positions) {
      const question: { year: number; at: AskedAt; asAt?: string } = { year, at: { position } };
      if (random.percent(20)) question.asAt = `${Math.floor(year / 100)}-09-30`;
      const fresh = createQueries(parts);
      expect(await asked.annualTotals(question)).toEqual(await fresh.annualTotals(question));
      const annex = { year, at: { position } };
      expect(await asked.savings(annex)).toEqual(await fresh.savings(annex));
      compared += 1;
    }
    const fresh = createQueries(parts);
    expect(await asked.annualTotals({ year })).toEqual(await fresh.annualTotals({ year }));
    expect(await asked.savings({ year })).toEqual(await fresh.savings({ year }));
    await expectSameAtOnce(asked, fresh, positions, random);
  }
  await follower.stop();
  return compared;
}

const stores = new ReadStores();
afterEach(() => stores.close());

describe('figures that are kept between questions', () => {
  it.each([1, 2])('are those that are counted anew, in memory (seed %i)', async (seed) => {
    expect(await growAndAsk(await stores.open(), seed)).toBeGreaterThan(60);
  });

  it('are those that are counted anew, in a file', async () => {
    expect(await growAndAsk(await stores.open('sqlite'), 4)).toBeGreaterThan(60);
  });
});
