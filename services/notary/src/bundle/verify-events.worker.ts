import { answering, sayProgress } from './own-process';
import { verifyEventsHere, type EventsToVerify } from './verify-events';

/* The process in which the events of a bundle with figures are verified. */

// Given by verifyEventsApart.
answering((start) => verifyEventsHere(start as EventsToVerify, sayProgress));
