import { parentPort, workerData } from 'node:worker_threads';
import { build } from './build';
import { throwIfTold } from '../ending';
import { giveWay } from '../give-way';
import type { BuildNews, BuildStart } from './messages';

/* The building thread: builds a store while the thread that started it answers questions. */

const say = (news: BuildNews): void => parentPort?.postMessage(news, []);
let told = 0;

giveWay();

// Set by whoever starts the thread.
build(workerData as BuildStart, {
  between: throwIfTold,
  onProgress: (position) => {
    if (position - told < 10_000) return;
    told = position;
    say({ position });
  },
}).then(
  () => say({ done: true }),
  (error: unknown) => say({ error: error instanceof Error ? error.message : String(error) }),
);
