import { parentPort, receiveMessageOnPort, type Worker } from 'node:worker_threads';

/*
 * How a thread is ended. To terminate it from outside while it reads from a database takes the whole process down with
 * it: the driver of Node 20 throws where nobody can catch. So a thread is told to end, and does so by itself where it is in
 * the middle of nothing.
 */

const endNow = 'end';

/** Whether a message tells the thread to end. */
export function isEnding(message: unknown): message is typeof endNow {
  return message === endNow;
}

/** Tells a thread to end, and resolves when it has. */
export async function endThread(worker: Worker): Promise<void> {
  // Of a thread that has ended already there is no number any more.
  if (worker.threadId === -1) return;
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.ref();
  worker.postMessage(endNow, []);
  await ended;
}

/**
 * In a thread that listens for no messages because it never rests: looks whether it was told to end.
 * @throws Error where it was, so that what it has open is let go of, threads of its own among it
 */
export function throwIfTold(): void {
  if (parentPort !== null && isEnding(receiveMessageOnPort(parentPort)?.message))
    throw new Error('The thread was told to end');
}
