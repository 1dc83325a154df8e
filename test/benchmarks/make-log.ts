import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { makeLog } from './data/log-file';

/*
 * `npm run bench:log -- --events 1000000 --to FILE`: makes a log file of the data set `bench-1M`.
 */

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      events: { type: 'string', default: '1000000' },
      seed: { type: 'string', default: '1' },
      to: { type: 'string' },
    },
  });
  if (values.to === undefined) throw new TypeError('Say where the log is to be made: --to FILE.');
  const events = Number(values.events);
  const bar = new SingleBar({
    stream: process.stderr,
    format: 'events {bar} {value}/{total}, {eta_formatted} left',
    noTTYOutput: false,
  });
  bar.start(events, 0);
  try {
    // npm changes to the folder of package.json; a path that somebody gives means the folder in which npm was called.
    const file = resolve(process.env['INIT_CWD'] ?? '.', values.to);
    await makeLog(file, { events, seed: Number(values.seed) }, (done) => bar.update(done));
  } finally {
    bar.stop();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
