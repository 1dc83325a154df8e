import { workerData } from 'node:worker_threads';
import { recomputeHere, type RecomputeStart } from './recompute-apart';
import { answerWith } from './thread';

/* The thread in which figures of a bundle are recomputed. */

// Given by recomputeApart.
answerWith(recomputeHere(workerData as RecomputeStart));
