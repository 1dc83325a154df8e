import { rmSync } from 'node:fs';
import { initLedger } from '@ledger/standalone';
import { inventedCouncils } from '../data/invented-councils';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { benchUser } from './bench-user';
import { BenchServer, ServerFailedError, signIn } from './server-process';

/*
 * Loads tables of invented councils into a new ledger, as an administrator does: in parts, since a file of the register
 * is recorded in one append, each part when the one before it is answered.
 */

export interface LoadRegisterTask {
  /** A folder that is not there yet. */
  readonly folder: string;
  readonly councils: number;
  readonly seed: number;
}

/** Well below what one append may hold. */
const rowsOfPart = 10_000;

/** A table in parts, each under the heads of the columns. */
function* partsOf(table: string): Generator<string> {
  const [head = '', ...rows] = table.trimEnd().split('\r\n');
  for (let at = 0; at < rows.length; at += rowsOfPart)
    yield [head, ...rows.slice(at, at + rowsOfPart)].join('\n');
}

async function load(url: string, token: string, text: string, number: number): Promise<void> {
  const response = await fetch(new URL('/api/register-files', url), {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      'Idempotency-Key': `part-${number}`,
    },
    body: JSON.stringify({ file: `part-${number}.csv`, text, source: 'invented for a benchmark' }),
  });
  const answer = await response.text();
  if (!response.ok) throw new ServerFailedError(`Part ${number} was not loaded: ${answer.slice(0, 500)}`);
}

serveTask(async ({ folder, councils, seed }: LoadRegisterTask): Promise<Sample> => {
  await initLedger(folder, benchUser);
  const { bodies, control } = inventedCouncils(councils, seed);
  const parts = [...partsOf(bodies), ...partsOf(control)];
  const server = await BenchServer.standalone(folder);
  try {
    await server.ready();
    const token = await signIn(server.url, benchUser);
    const before = server.use().cpuSeconds;
    const end = startWatch(() => server.use().cpuSeconds - before);
    for (const [number, text] of parts.entries()) await load(server.url, token, text, number + 1);
    const used = end();
    return {
      ...used,
      values: { seconds: used.wallSeconds, parts: parts.length, megabytes: server.use().peakBytes / 1e6 },
    };
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
