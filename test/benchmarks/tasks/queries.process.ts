import { projections } from '@ledger/projections';
import { Random } from '../../histories/random';
import { median, quantile } from '../measuring/statistics';
import type { Sample } from '../measuring/sample';
import { millisecondsOf, startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { OpenedLedger } from './opened-ledger';
import { asRecordedBy, EarlierPositions, questions, someYear, type QuestionName } from './questions';

/*
 * Asks the questions of the table, idle or while everything is rebuilt beside. Before every question an event is
 * recorded and applied, so that no answer is one that was kept from before.
 */

export interface QueriesTask {
  readonly folder: string;
  readonly seed: number;
  /** How often each question is asked. */
  readonly calls: number;
  readonly during: 'idle' | 'rebuild';
}

/** How often each question is asked before anything is measured, of how often it is then. */
const warmUpCalls = (calls: number): number => Math.min(25, Math.ceil(calls / 4));

/** Milliseconds of every call, by question; those as recorded by earlier positions have a name of their own. */
type Times = Map<string, number[]>;

class Asker {
  readonly times: Times = new Map();
  readonly #positions: EarlierPositions;

  constructor(
    readonly ledger: OpenedLedger,
    readonly random: Random,
  ) {
    this.#positions = new EarlierPositions(ledger.log);
  }

  async #ask(name: QuestionName, earlier: boolean): Promise<void> {
    const { ledger, random } = this;
    await ledger.recordAndApply();
    const year = someYear(random);
    const at = earlier ? { position: await this.#positions.of(year, random) } : undefined;
    const took = await millisecondsOf(() => questions[name](ledger.models.queries, random, year, at));
    const key = earlier ? `as-recorded-by ${name}` : name;
    const known = this.times.get(key);
    if (known === undefined) this.times.set(key, [took]);
    else known.push(took);
  }

  /** Asks every question once. */
  async askAll(): Promise<void> {
    // The keys of a record are of its key type.
    for (const name of Object.keys(questions) as QuestionName[]) await this.#ask(name, false);
    for (const name of asRecordedBy) await this.#ask(name, true);
  }
}

/** Rebuilds one read model after the other until the signal says that it is enough. */
async function rebuildUntil(signal: AbortSignal, { models }: OpenedLedger): Promise<void> {
  for (;;)
    for (const projection of projections) {
      if (signal.aborted) return;
      const { same, parked } = await models.rebuild(projection);
      if (same !== true || parked > 0) throw new RangeError(`The rebuilt ${projection} are not the same`);
    }
}

function valuesOf(times: Times): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [name, ofName] of times) {
    values[`${name} p99`] = quantile(ofName, 0.99);
    values[`${name} median`] = median(ofName);
  }
  const worst = (what: 'p99' | 'median'): number =>
    Math.max(...asRecordedBy.map((name) => values[`as-recorded-by ${name} ${what}`] ?? 0));
  return { ...values, 'as-recorded-by p99': worst('p99'), 'as-recorded-by median': worst('median') };
}

serveTask(async ({ folder, seed, calls, during }: QueriesTask): Promise<Sample> => {
  const ledger = await OpenedLedger.open(folder, seed);
  try {
    const warmUp = new Asker(ledger, new Random(seed));
    for (let call = 0; call < warmUpCalls(calls); call++) await warmUp.askAll();
    const asker = new Asker(ledger, new Random(seed + 1));
    const enough = new AbortController();
    const beside = during === 'rebuild' ? rebuildUntil(enough.signal, ledger) : undefined;
    const end = startWatch();
    for (let call = 0; call < calls; call++) await asker.askAll();
    const used = end();
    enough.abort();
    await beside;
    return { ...used, values: valuesOf(asker.times) };
  } finally {
    await ledger.close();
  }
});
