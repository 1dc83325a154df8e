import { join } from 'node:path';
import { addDays, londonDateOf } from '@ledger/calendar';
import type { Sample } from '../measuring/sample';
import { startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { benchUser } from './bench-user';
import { KeepAliveClient } from './keep-alive-client';
import { postOf, recordBodies } from './record-requests';
import { BenchServer, signIn } from './server-process';

/* A hundred clients record over HTTP, each its next thing when the last one is answered. */

export interface HttpTask {
  /** The folder of a live ledger; undefined for the bare server. */
  readonly folder?: string;
  /** Events of the data set in it. */
  readonly events: number;
  readonly seed: number;
  readonly clients: number;
  readonly seconds: number;
}

/** Before anything is measured, of how long it is then. */
const warmUpSeconds = (seconds: number): number => Math.min(2, seconds / 2);

/** Every client sends until a moment; how many answers came. @throws RangeError where something was not recorded */
async function load(
  clients: readonly KeepAliveClient[],
  next: () => string,
  seconds: number,
): Promise<number> {
  const until = process.hrtime.bigint() + BigInt(Math.round(seconds * 1e9));
  let answered = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (process.hrtime.bigint() < until) {
        const status = await client.send(next());
        if (status !== 201) throw new RangeError(`A record was answered with ${status}`);
        answered += 1;
      }
    }),
  );
  return answered;
}

serveTask(async ({ folder, events, seed, clients: count, seconds }: HttpTask): Promise<Sample> => {
  const server =
    folder === undefined
      ? await BenchServer.start(join(__dirname, 'bare-server.process.js'))
      : await BenchServer.standalone(folder);
  try {
    if (folder !== undefined) await server.ready();
    const token = folder === undefined ? 'none' : await signIn(server.url, benchUser);
    const clients = await Promise.all(
      Array.from({ length: count }, async () => KeepAliveClient.connect(server.url)),
    );
    const bodies = recordBodies(seed, events, addDays(londonDateOf(Date.now()), -30));
    let number = 0;
    const next = (): string => {
      const { done, value } = bodies.next();
      if (done === true) throw new RangeError('There is nothing more to record');
      number += 1;
      const headers = { Authorization: `Bearer ${token}`, 'Idempotency-Key': `bench-${seed}-${number}` };
      return postOf('/api/records', value, headers);
    };
    await load(clients, next, warmUpSeconds(seconds));
    const end = startWatch(() => server.use().cpuSeconds);
    const answered = await load(clients, next, seconds);
    const used = end();
    for (const client of clients) client.close();
    return { ...used, values: { requestsPerSecond: answered / used.wallSeconds } };
  } finally {
    await server.stop();
  }
});
