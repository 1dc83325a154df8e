import { closeSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { namesFigures, type VerifyOptions } from '@ledger/seal';
import { recomputeApart } from './recompute-apart';
import { verifyEventsApart, verifyEventsHere } from './verify-events';
import { withFigures, type VerdictWithFigures } from './with-figures';

/** The first line of a bundle fits into it. */
const beginning = 64 * 1024;

/** Whether a bundle names figures, by its first line. @throws ENOENT where there is no file */
function hasFigures(file: string): boolean {
  const bytes = Buffer.alloc(beginning);
  const opened = openSync(file, 'r');
  try {
    return namesFigures(bytes.subarray(0, readSync(opened, bytes, 0, beginning, 0)));
  } finally {
    closeSync(opened);
  }
}

/**
 * Verifies the file of a bundle without any ledger: what is in it, then every figure that it names.
 * @throws NotABundleError; ENOENT where there is no file
 */
export async function verifyFile(
  file: string,
  { keys, held, onProgress }: Pick<VerifyOptions, 'keys' | 'held' | 'onProgress'>,
): Promise<VerdictWithFigures> {
  const verifying = hasFigures(file) ? verifyEventsApart : verifyEventsHere;
  const folder = mkdtempSync(join(tmpdir(), 'ledger-verify-'));
  try {
    const { verdict, figures } = await verifying({ file, keys, held, folder }, onProgress);
    // Figures of events that are not those that were recorded say nothing.
    if (figures.length === 0 || verdict.outcome === 'failed') return { ...verdict, figures: 0 };
    return withFigures(verdict, figures, await recomputeApart(folder, figures, verdict.events));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
