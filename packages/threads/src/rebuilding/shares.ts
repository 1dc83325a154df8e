import type { LogShare } from '@ledger/event-log';

/** Streams are shared out by their numbers. The thread that also writes takes fewer. */
const parts = 16;
const writersParts = 5;

export const allStreams: LogShare = { of: 1, from: 0, to: 1 };
export const writersShare: LogShare = { of: parts, from: 0, to: writersParts };
export const helpersShare: LogShare = { of: parts, from: writersParts, to: parts };
