import { closeSync, openSync, writeSync } from 'node:fs';

/** What fails on a watched disk; see `struct fault` in `watched-disk.c`. */
export interface Fault {
  readonly operation: 'write' | 'sync' | 'truncate';
  /** The ending of the names of the files that it is about: `log.db-wal`, `.db`. */
  readonly files: string;
  readonly error: 'EIO' | 'ENOSPC';
  /** How many such operations go well before. */
  readonly skip: number;
  /** From then on; otherwise once. */
  readonly forever: boolean;
  /** Half of what is to be written is, before it fails. */
  readonly torn: boolean;
}

const operations = { write: 1, sync: 2, truncate: 3 } as const;
/** On Linux, which alone has LD_PRELOAD. */
const errors = { EIO: 5, ENOSPC: 28 } as const;

/** Of the file that says what fails. */
export const bytesOfFault = 64;
const endingAt = 24;

/** From now on this fails, in processes that run already, too; undefined: nothing does. */
export function failOn(control: string, fault: Fault | undefined): void {
  const bytes = Buffer.alloc(bytesOfFault);
  if (fault !== undefined) {
    const { operation, error, forever, torn, skip, files } = fault;
    for (const [at, word] of [
      operations[operation],
      errors[error],
      Number(forever),
      Number(torn),
      skip,
    ].entries())
      bytes.writeInt32LE(word, at * 4);
    bytes.write(files, endingAt, 'latin1');
  }
  const handle = openSync(control, 'r+');
  try {
    writeSync(handle, bytes, 0, bytesOfFault, 0);
  } finally {
    closeSync(handle);
  }
}
