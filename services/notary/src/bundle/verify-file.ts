import { createReadStream } from 'node:fs';
import { firstBadIndex, nodeCrypto, verifyBundle, type Verdict, type VerifyOptions } from '@ledger/seal';
import { recomputeApart } from './recompute-apart';
import { TemporaryLog } from './temporary-log';

/** What a verification came to, with how many figures were recomputed. */
export interface FileVerdict extends Verdict {
  readonly figures: number;
}

const partBytes = 256 * 1024;

/**
 * Verifies the file of a bundle without any ledger: what is in it, then every figure that it names.
 * @throws NotABundleError; ENOENT where there is no file
 */
export async function verifyFile(
  file: string,
  options: Pick<VerifyOptions, 'keys' | 'held' | 'onProgress'>,
): Promise<FileVerdict> {
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
    const found = await recomputeApart(log.folder, figures);
    if (found.length === 0) return { ...verdict, figures: figures.length };
    const findings = [...verdict.findings, ...found];
    return {
      ...verdict,
      outcome: 'failed',
      findings,
      firstBadIndex: firstBadIndex(findings),
      figures: figures.length - found.length,
    };
  } finally {
    log?.remove();
  }
}
