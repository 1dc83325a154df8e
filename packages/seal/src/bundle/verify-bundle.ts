import {
  logFormat,
  NotABundleError,
  parseHeader,
  type BundleFigure,
  type LogHeader,
  type RecordHeader,
} from './header';
import { linesOf, type Chunks } from './lines';
import type { Verdict } from './verdict';
import { LogBundle, type VerifyOptions } from './verify-log';
import { RecordBundle } from './verify-record';

/** What a bundle is, and the figures that it names: they are recomputed by whoever has the rules. */
export interface VerifiedBundle {
  readonly verdict: Verdict;
  readonly figures: readonly BundleFigure[];
}

function bundleOf(header: LogHeader | RecordHeader, options: VerifyOptions): LogBundle | RecordBundle {
  return header.bundle === logFormat ? new LogBundle(header, options) : new RecordBundle(header, options);
}

/** Whether the bundle of a log that begins with these bytes, its first line at least, names figures. */
export function namesFigures(beginning: Uint8Array): boolean {
  try {
    const header = parseHeader(beginning.subarray(0, Math.max(0, beginning.indexOf(0x0a))));
    return header.bundle === logFormat && header.figures > 0;
  } catch (error) {
    // Verifying it says what is wrong.
    if (error instanceof NotABundleError) return false;
    throw error;
  }
}

/**
 * Verifies a bundle, of a whole log or of one record, as it is read: what it takes in memory does not grow with the log.
 * What is wrong with the bundle is in the verdict.
 * @throws NotABundleError where it is none
 */
export async function verifyBundle(chunks: Chunks, options: VerifyOptions): Promise<VerifiedBundle> {
  let bundle: LogBundle | RecordBundle | undefined;
  for await (const lines of linesOf(chunks)) {
    for (const line of lines)
      if (bundle === undefined) bundle = bundleOf(parseHeader(line.bytes), options);
      else bundle.line(line);
    bundle?.progress();
  }
  if (bundle === undefined) throw new NotABundleError('it is empty');
  return { verdict: bundle.end(), figures: bundle instanceof LogBundle ? bundle.figures : [] };
}
