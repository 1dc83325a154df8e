import { createReadStream } from 'node:fs';
import { nodeCrypto, verifyBundle, type VerifyOptions } from '@ledger/seal';
import { recomputeApart } from './recompute-apart';
import { TemporaryLog } from './temporary-log';
import { withFigures, type VerdictWithFigures } from './with-figures';

const partBytes = 256 * 1024;

/**
 * Verifies the file of a bundle without any ledger: what is in it, then every figure that it names.
 * @throws NotABundleError; ENOENT where there is no file
 */
export async function verifyFile(
  file: string,
  options: Pick<VerifyOptions, 'keys' | 'held' | 'onProgress'>,
): Promise<VerdictWithFigures> {
  // Whether there are figures is known before the first event comes.
  let log: TemporaryLog | undefined;
  try {
    const { verdict, figures } = await verifyBundle(createReadStream(file, { highWaterMark: partBytes }), {
      ...options,
      crypto: nodeCrypto,
      onEvent: (bytes, hasFigures) => {
        if (hasFigures) (log ??= TemporaryLog.make()).add(bytes);
      },
    });
    // Figures of events that are not those that were recorded say nothing.
    if (log === undefined || verdict.outcome === 'failed') return { ...verdict, figures: 0 };
    log.close();
    return withFigures(verdict, figures, await recomputeApart(log.folder, figures));
  } finally {
    log?.remove();
  }
}
