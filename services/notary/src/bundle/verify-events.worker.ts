import { workerData } from 'node:worker_threads';
import { answerWith, sayProgress } from './thread';
import { verifyEventsHere, type EventsToVerify } from './verify-events';

/* The thread in which the events of a bundle with figures are verified. */

// Given by verifyEventsApart.
answerWith(verifyEventsHere(workerData as EventsToVerify, sayProgress));
