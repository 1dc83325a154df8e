import { closeSync, fstatSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';

/** A line that could not be added because the disk is full or failing. */
export class LineNotAddedError extends Error {
  readonly code = 'DISK_FULL';
  constructor(options: ErrorOptions) {
    super(
      'The disk of the ledger is full or failing, so this was not done. Make room and try again.',
      options,
    );
    this.name = 'LineNotAddedError';
  }
}

const diskErrors = new Set(['ENOSPC', 'EDQUOT', 'EIO']);

/**
 * Adds a line to a file that only its owner reads, whole or not at all; a line that a power cut tore stays a line of its
 * own. `synchronised`: it is on the disk when this returns.
 * @throws LineNotAddedError where the disk is full or failing
 */
export function appendLine(file: string, line: string, { synchronised = false } = {}): void {
  try {
    const handle = openSync(file, 'a+', 0o600);
    try {
      addTo(handle, line);
      if (synchronised) fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw diskErrors.has(code ?? '') ? new LineNotAddedError({ cause: error }) : error;
  }
}

function addTo(handle: number, line: string): void {
  const { size } = fstatSync(handle);
  const last = Buffer.alloc(1);
  const torn = size > 0 && readSync(handle, last, 0, 1, size - 1) === 1 && last.toString() !== '\n';
  const bytes = Buffer.from(`${torn ? '\n' : ''}${line}\n`);
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(handle, bytes, at);
  } catch (error) {
    takeBack(handle, size);
    throw error;
  }
}

/** A disk that becomes full takes a part of a line. */
function takeBack(handle: number, size: number): void {
  try {
    ftruncateSync(handle, size);
  } catch {
    // Then it stays a torn line; the first error is the one to report.
  }
}
