import { projections } from '@ledger/projections';
import type { Sample } from '../measuring/sample';
import { millisecondsOf, startWatch } from '../measuring/stopwatch';
import { serveTask } from '../measuring/task-process';
import { benchUser } from './bench-user';
import { askPatiently } from './patient-request';
import { BenchServer, signIn } from './server-process';

/*
 * Starts a server on a ledger with its read models; and, if asked, asks it a first question that needs the register, or
 * rebuilds everything while it answers questions.
 */

export interface StartTask {
  readonly folder: string;
  /** What it does when it is ready. */
  readonly afterwards: 'stop' | 'ask' | 'rebuild';
}

const takeUp = '/api/take-up?measure=peer-challenges&year=2017/18&by=type';
const questions = ['/api/annual-totals?year=2019/20', '/api/savings?year=2018/19', takeUp];

/** Rebuilds every read model while questions are asked one after another; how many were answered. */
async function rebuildWhileAsked({ url }: BenchServer): Promise<number> {
  const token = await signIn(url, benchUser);
  const rebuilt = new AbortController();
  const asking = (async (): Promise<number> => {
    for (let asked = 0; ; asked++) {
      if (rebuilt.signal.aborted) return asked;
      await askPatiently(new URL(questions[asked % questions.length] ?? '', url), token);
    }
  })();
  for (const projection of projections)
    await askPatiently(new URL('/api/rebuilds', url), token, { projection });
  rebuilt.abort();
  return asking;
}

/** Milliseconds until it has answered a question about take-up, the first question of all. */
async function askFirst({ url }: BenchServer): Promise<number> {
  const token = await signIn(url, benchUser);
  return millisecondsOf(async () => askPatiently(new URL(takeUp, url), token));
}

serveTask(async ({ folder, afterwards }: StartTask): Promise<Sample> => {
  let server: BenchServer | undefined;
  const end = startWatch(() => server?.use().cpuSeconds ?? 0);
  server = await BenchServer.standalone(folder);
  try {
    await server.ready();
    const started = end();
    const values = { seconds: started.wallSeconds };
    if (afterwards === 'stop') return { ...started, values };
    if (afterwards === 'ask') {
      const firstAnswer = await askFirst(server);
      return { ...started, values: { ...values, firstAnswer, megabytes: server.use().peakBytes / 1e6 } };
    }
    const rebuilt = startWatch(() => server?.use().cpuSeconds ?? 0);
    const asked = await rebuildWhileAsked(server);
    const used = rebuilt();
    return { ...used, values: { ...values, asked, megabytes: server.use().peakBytes / 1e6 } };
  } finally {
    await server.stop();
  }
});
