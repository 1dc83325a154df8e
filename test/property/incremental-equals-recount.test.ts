import { history, type History } from '../histories';
import { recount } from '../recount';
import { ReadStores } from '../running/read-stores';
import { agree, answered, everyQuestion } from './asked-figures';
import { keptFromTopic } from './kept-from-topic';
import { delivered, rebuilt } from './projected-history';

/*
 * **Rule** (design section 5): for any events split by stream over partitions, each partition in position order,
 * partitions interleaved at will, each event up to twice: the incremental read models, rebuilt ones and an
 * independent recount agree, as recorded by every position.
 *
 * HISTORIES=200 runs more of them.
 */
const histories = Number(process.env['HISTORIES'] ?? 20);
const events = 500;

const stores = new ReadStores();
afterEach(() => stores.close());

/** Of these, so many are also asked while they are being delivered. */
const askedHalfway = Math.min(4, histories);

/** Asks the questions whose turn it is at a position; over a history all come many times. */
function questionsAt(position: number, many: number): typeof everyQuestion {
  const from = (position * 7) % everyQuestion.length;
  return [...everyQuestion, ...everyQuestion].slice(from, from + many);
}

async function compare(made: History, positions: readonly number[], many: number): Promise<void> {
  const models = [
    await delivered(made, await stores.open(), 7),
    await delivered(made, await stores.open('sqlite'), 40),
    await rebuilt(made, await stores.open()),
    await keptFromTopic(made, await stores.openTopic(), async () => undefined),
  ];
  for (const position of positions) {
    const counted = recount(made.events, BigInt(position));
    for (const asked of questionsAt(position, many))
      for (const queries of models) {
        const answer = await answered(asked, queries, BigInt(position));
        if (answer === undefined) continue;
        agree(`${asked.name}, seed ${made.seed}, position ${position}`, answer, asked.recount(counted));
      }
  }
}

test('read models delivered in any order, rebuilt ones and the recount agree at every position of one history', async () => {
  const made = history({ seed: 1, events });
  await compare(
    made,
    made.events.map((_, at) => at + 1),
    3,
  );
}, 900_000);

test(`they agree at 20 positions of each of ${histories - 1} other histories`, async () => {
  for (let seed = 2; seed <= histories; seed++) {
    const made = history({ seed, events: events + seed * 10 });
    const positions = Array.from({ length: 20 }, (_, at) =>
      Math.max(1, made.events.length - ((at * (seed * 37 + 11)) % made.events.length)),
    );
    await compare(made, positions, 6);
  }
}, 900_000);

test(`read models kept from a topic agree with the recount while ${askedHalfway} histories are being delivered, partitions ahead of one another`, async () => {
  for (let seed = 1; seed <= askedHalfway; seed++) {
    const made = history({ seed, events: events + seed * 10 });
    let asked = 0;
    await keptFromTopic(made, await stores.openTopic(), async ({ queries, applied }) => {
      const counted = recount(made.events, BigInt(applied));
      for (const question of questionsAt(applied, 12)) {
        const answer = await answered(question, queries, BigInt(applied));
        if (answer === undefined) continue;
        agree(`${question.name}, seed ${seed}, at ${applied}`, answer, question.recount(counted));
        asked += 1;
      }
    });
    expect(asked).toBeGreaterThan(100);
  }
}, 900_000);
