import { runBench } from './command';
import type { BenchEngines } from './lines/context';
import { everythingScaled } from './lines/scaled/all';
import { withBodies } from './report/bodies';
import { withNeeds } from './report/needs';

/*
 * `npm run bench:scaled`: the ledger scaled out, on a Kafka broker and a PostgreSQL server that `infra/setup/bench-scaled.js`
 * has started, beside what those do without it, and beside Emmett on PostgreSQL.
 */

const engines = process.env['LEDGER_BENCH_ENGINES'];

runBench({
  called: 'npm run bench:scaled',
  measurements: everythingScaled,
  emmett: 'run-postgres.mjs',
  // Written by whoever has started them; only a report on an earlier run does without.
  ...(engines !== undefined && { engines: JSON.parse(engines) as BenchEngines }),
  alsoReport: (page, lines) => withBodies(withNeeds(page, lines), lines),
});
