import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { createQueries, QuestionRefusedError, ReadModels, rebuildHere } from '@ledger/projections';
import { SqliteShelf } from '@ledger/read-store';
import { pastInThread } from '@ledger/threads';
import { history } from '../histories';
import { answered, everyQuestion } from '../property/asked-figures';
import { appendHistory } from '../running/log-of-history';

/** Threads load compiled code only. */
const compiled = join(__dirname, '../../packages/threads/dist/past/past.worker.js');
const events = 400;

describe('Questions about the past', () => {
  let folder: string;
  let log: SqliteEventLog;
  let models: ReadModels | undefined;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'past-'));
    log = SqliteEventLog.open(join(folder, 'log.db'), () => Date.parse('2021-01-04T09:00:00Z'));
    await appendHistory(log, history({ seed: 3, events }).events);
  });
  afterEach(async () => {
    await models?.close();
    await log.close();
    rmSync(folder, { recursive: true });
  });

  /** Opens read models whose questions about the past a thread answers; `put` says how many it was asked. */
  async function open(worker: string): Promise<{ readonly models: ReadModels; readonly put: () => number }> {
    const shelfFolder = join(folder, 'read-models');
    const inThread = pastInThread({ logFile: join(folder, 'log.db'), shelfFolder, figures: [], worker });
    if (inThread === undefined) throw new RangeError(`There is no ${worker}; build first: npx tsc -b`);
    let put = 0;
    models = await ReadModels.open({
      shelf: new SqliteShelf(shelfFolder),
      log,
      figures: [],
      rebuilder: rebuildHere(log),
      pastAnswers: {
        ask: (question, asked) => {
          const answer = inThread.ask(question, asked);
          answer.then(
            () => (put += 1),
            () => undefined,
          );
          return answer;
        },
        close: () => inThread.close(),
      },
    });
    return { models, put: () => put };
  }

  /** Asks everything as recorded by some positions, and compares with what is counted here. */
  async function compare({ queries, stores }: ReadModels): Promise<void> {
    const here = createQueries({ store: stores, log, figures: [] });
    for (const position of [90n, 333n]) {
      const told = await Promise.all(everyQuestion.map((one) => answered(one, queries, position)));
      expect(told).toEqual(await Promise.all(everyQuestion.map((one) => answered(one, here, position))));
    }
  }

  it('are answered by a thread as they would be here, and so they are after a rebuild', async () => {
    const opened = await open(compiled);
    await compare(opened.models);
    const before = opened.put();
    expect(before).toBeGreaterThan(50);
    await opened.models.rebuild('figures');
    await compare(opened.models);
    expect(opened.put()).toBe(2 * before);
  });

  it('are no questions about today, which are answered here', async () => {
    const opened = await open(compiled);
    const { queries, applied } = opened.models;
    await queries.annualTotals({ year: 201617 });
    await queries.annualTotals({ year: 201617, at: { position: applied } });
    expect(opened.put()).toBe(0);
  });

  it('are refused in the same words', async () => {
    const { queries } = (await open(compiled)).models;
    const asked = { year: 201617, at: { position: 90n }, measures: ['no-such'] };
    await expect(queries.sum(asked)).rejects.toThrow(QuestionRefusedError);
    await expect(queries.sum(asked)).rejects.toThrow('There is no measure “no-such”');
  });

  it('are answered here where the thread ends', async () => {
    const broken = join(folder, 'broken.js');
    writeFileSync(broken, "require('node:worker_threads').parentPort.on('message', () => process.exit(1));");
    const opened = await open(broken);
    await compare(opened.models);
    expect(opened.put()).toBe(0);
  });
});
