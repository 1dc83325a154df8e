import { readFileSync, statSync } from 'node:fs';
import { calledFrom } from './called-from';
import { UnreadableFileError } from './read-items';

/** What the system says of files, in the words of whoever gave one. */
const said: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file; say where it is'],
  ['EISDIR', 'is a folder; name a file in it'],
  ['EACCES', 'may not be read; ask whoever keeps it'],
]);

/** Why a file could not be read, in words where there are any. */
function unreadable(file: string, error: unknown): Error {
  const why = said.get(error instanceof Error && 'code' in error ? error.code : undefined);
  if (why !== undefined) return new UnreadableFileError(`${file}: ${why}.`);
  return error instanceof Error ? error : new Error(String(error));
}

/** Where a file lies that is read piece by piece. @throws UnreadableFileError where there is none */
export function givenFile(file: string): string {
  const path = calledFrom(file);
  try {
    if (!statSync(path).isDirectory()) return path;
  } catch (error) {
    throw unreadable(file, error);
  }
  throw new UnreadableFileError(`${file}: ${said.get('EISDIR')}.`);
}

/** The bytes of a file, or of standard input for “-”. @throws UnreadableFileError */
export function readGiven(file: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(file === '-' ? 0 : calledFrom(file));
  } catch (error) {
    throw unreadable(file, error);
  }
}
