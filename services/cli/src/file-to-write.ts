import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { calledFrom } from './called-from';

/** A file that cannot be written where it was named: why, and what to do. */
export class UnwritableFileError extends Error {
  readonly code = 'UNWRITABLE_FILE';
}

/**
 * Where a file is to be written, looked at before the ledger is asked for it.
 * @throws UnwritableFileError where nothing or a folder is named, its folder is not there, or a file that is not to be
 * replaced is there already
 */
export function fileToWrite(file: string, { replacing }: { readonly replacing: boolean }): string {
  if (file === '') throw new UnwritableFileError('The name of the file to write is empty; name one.');
  const path = calledFrom(file);
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory() === true)
    throw new UnwritableFileError(`${file}: is a folder; name a file in it.`);
  if (found !== undefined && !replacing)
    throw new UnwritableFileError(`${file}: is there already; name another file, or move that one first.`);
  if (!existsSync(dirname(path)))
    throw new UnwritableFileError(`${file}: there is no folder ${dirname(file)}; make it first.`);
  return path;
}
