import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchEngines } from '../../benchmarks/lines/context';
import { runTask } from '../../benchmarks/measuring/task-process';
import type { MakeLogTask } from '../../benchmarks/tasks/make-log.process';
import type { DelayTask } from '../../benchmarks/tasks/scaled/delay.process';
import { report } from '../report';
import { wholeNumber } from '../whole-number';

/*
 * A thousand events a second for ten minutes, on the engines that `npm run test:endurance` has started. How long answers take
 * is told and not judged; that every event comes to be answered is.
 */

const minutes = wholeNumber('LEDGER_DELAY_MINUTES', 10);
const perSecond = 1000;
const eventsBefore = 100_000;

const folder = mkdtempSync(join(tmpdir(), 'delay-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = (name: string): string =>
  join(__dirname, '..', '..', 'dist', 'benchmarks', 'tasks', `${name}.process.js`);

function engines(): BenchEngines {
  const said = process.env['LEDGER_BENCH_ENGINES'];
  if (said === undefined) throw new Error('No engines were started: npm run test:endurance -- --only delay');
  // Written by whoever has started them.
  return JSON.parse(said) as BenchEngines;
}

test(`every event of ${minutes} minutes comes to be answered`, async () => {
  const logFile = join(folder, 'log.db');
  await runTask(program('make-log'), {
    file: logFile,
    events: eventsBefore,
    seed: 1,
  } satisfies MakeLogTask);
  const { values } = await runTask(program('scaled/delay'), {
    logFile,
    folder,
    seed: 1001,
    perSecond,
    seconds: minutes * 60,
    engines: engines(),
  } satisfies DelayTask);
  report('delay', [
    {
      minutes,
      'events/s': perSecond,
      answered: values['answered'] ?? 0,
      'median ms': values['median'] ?? 0,
      'p99 ms': values['p99'] ?? 0,
      'p99 of the worst minute ms': values['worstMinute'] ?? 0,
      'most ms': values['most'] ?? 0,
    },
  ]);
  expect(values['answered']).toBe(minutes * 60 * perSecond);
});
