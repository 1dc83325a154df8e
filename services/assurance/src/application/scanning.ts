import { spawn } from 'node:child_process';
import { EvidenceRefusedError } from '@ledger/vault';

/** Looks through a file. @throws EvidenceRefusedError, EvidenceNotScannedError */
export type Scan = (bytes: Uint8Array) => Promise<void>;

/** The scanner did not say whether a file is clean: the file is not taken. */
export class EvidenceNotScannedError extends Error {
  readonly code = 'EVIDENCE_NOT_SCANNED';
  constructor(why: string) {
    super(
      `The file could not be looked through for viruses (${why}), so it was not taken. Tell whoever runs the ledger, and attach it again.`,
    );
    this.name = 'EvidenceNotScannedError';
  }
}

/** A scanner is given a minute for a file. */
const longestMs = 60_000;

/**
 * Scans with a command of the operator, as `clamdscan --no-summary -`: the file comes on its standard input, so that it is
 * on no disk unencrypted; it ends with 0 for a clean file and with 1 for one that is not.
 */
export function scanWith(command: string, parameters: readonly string[]): Scan {
  return async (bytes) => {
    const exit = await new Promise<number | string>((resolve) => {
      const signal = AbortSignal.timeout(longestMs);
      const child = spawn(command, parameters, { stdio: ['pipe', 'ignore', 'ignore'], signal });
      child.once('error', ({ message }) => resolve(message));
      child.once('close', (code, signal) => resolve(code ?? `it was ended by ${signal}`));
      // A scanner may have seen enough before the end of the file.
      child.stdin.on('error', () => undefined);
      child.stdin.end(bytes);
    });
    if (exit === 0) return;
    if (exit === 1)
      throw new EvidenceRefusedError(
        'file',
        'the virus scanner says that this file does harm; it was not taken',
      );
    throw new EvidenceNotScannedError(typeof exit === 'number' ? `the scanner ended with ${exit}` : exit);
  };
}
