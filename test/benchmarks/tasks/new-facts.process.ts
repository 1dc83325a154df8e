import { eventDefinitions, newId } from '@ledger/events';
import { Random } from '../../histories/random';
import { requestOf } from '../data/life-events';
import { median, quantile } from '../measuring/statistics';
import type { Sample } from '../measuring/sample';
import { millisecondsOf, startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { OpenedLedger } from './opened-ledger';
import { questions, someYear } from './questions';

/* Asks about take-up, each time just after a council has come under other control: the register is another one then. */

export interface NewFactsTask {
  readonly folder: string;
  readonly seed: number;
  readonly calls: number;
}

/** The last day of the data set: every council that is there then is there still. */
const today = '2026-03-31';

/** Records that a council is under some control from today, and waits until the read models have it. */
async function recordControl({ log, models }: OpenedLedger, council: string): Promise<void> {
  const stream = `body-${council}`;
  const revision = Number((await log.streamRevision(stream)) ?? -1n) + 1;
  const data = { control: 'Labour', from: today, source: 'benchmark data set' };
  const { version } = eventDefinitions.ControlRecorded;
  const event = { id: newId(), type: 'ControlRecorded', schemaVersion: version, data };
  const { position } = await log.append(requestOf([{ stream, revision, event }], event.id));
  await models.whenApplied(position);
}

serveTask(async ({ folder, seed, calls }: NewFactsTask): Promise<Sample> => {
  const ledger = await OpenedLedger.open(folder, seed);
  try {
    const { queries } = ledger.models;
    const councils = await queries.councils({ on: today });
    const random = new Random(seed);
    const ask = async (): Promise<number> => {
      await recordControl(ledger, random.pick(councils).id);
      return millisecondsOf(() => questions['take-up'](queries, random, someYear(random), undefined));
    };
    for (let call = 0; call < calls / 4; call++) await ask();
    const times: number[] = [];
    const end = startWatch();
    for (let call = 0; call < calls; call++) times.push(await ask());
    return { ...end(), values: { median: median(times), p99: quantile(times, 0.99) } };
  } finally {
    await ledger.close();
  }
});
