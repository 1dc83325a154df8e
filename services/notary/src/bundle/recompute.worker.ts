import { parentPort, workerData } from 'node:worker_threads';
import { recomputeHere, type Recomputed, type RecomputeStart } from './recompute-apart';

/* The thread in which figures of a bundle are recomputed. */

const say = (said: Recomputed): void => parentPort?.postMessage(said, []);

// Given by recomputeApart.
recomputeHere(workerData as RecomputeStart).then(
  (findings) => say({ findings }),
  (error: unknown) => say({ error: error instanceof Error ? error.message : String(error) }),
);
