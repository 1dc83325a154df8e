import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { nodeCrypto, verifyBundle, type VerifiedBundle, type VerifyOptions } from '@ledger/seal';
import { TemporaryLog } from './temporary-log';
import { inOwnProcess, type HeapLimits } from './own-process';

/** What is verified, with what, and where its events are put if its figures are to be recomputed. */
export interface EventsToVerify extends Pick<VerifyOptions, 'keys' | 'held'> {
  readonly file: string;
  readonly folder: string;
}
type OnProgress = VerifyOptions['onProgress'];

const worker = join(__dirname, 'verify-events.worker.js');
const partBytes = 256 * 1024;

/** More than it takes, whatever the size of the log. */
const limits: HeapLimits = { oldMb: 256, youngMb: 8 };

/** Verifies what is in the file of a bundle; figures are looked at afterwards. @throws NotABundleError; ENOENT */
export async function verifyEventsHere(
  { file, folder, ...options }: EventsToVerify,
  onProgress: OnProgress,
): Promise<VerifiedBundle> {
  // Whether there are figures is known before the first event comes.
  let log: TemporaryLog | undefined;
  try {
    return await verifyBundle(createReadStream(file, { highWaterMark: partBytes }), {
      ...options,
      ...(onProgress !== undefined && { onProgress }),
      crypto: nodeCrypto,
      onEvent: (bytes, hasFigures) => {
        if (hasFigures) (log ??= TemporaryLog.open(folder)).add(bytes);
      },
    });
  } finally {
    log?.close();
  }
}

/**
 * The same in a process of its own, where the code is built: what reading a million events leaves behind is given back before figures
 * are recomputed. @throws as the other
 */
export async function verifyEventsApart(
  start: EventsToVerify,
  onProgress: OnProgress,
): Promise<VerifiedBundle> {
  if (!existsSync(worker)) return verifyEventsHere(start, onProgress);
  return inOwnProcess(worker, { start, limits, onProgress });
}
