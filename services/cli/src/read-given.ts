import { readFileSync } from 'node:fs';
import { calledFrom } from './called-from';
import { UnreadableFileError } from './read-items';

/** What the system says of files, in the words of whoever gave one. */
const said: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'there is no such file; say where it is'],
  ['EISDIR', 'is a folder; name a file in it'],
  ['EACCES', 'may not be read; ask whoever keeps it'],
]);

/** The bytes of a file, or of standard input for “-”. @throws UnreadableFileError */
export function readGiven(file: string): Buffer<ArrayBuffer> {
  try {
    return readFileSync(file === '-' ? 0 : calledFrom(file));
  } catch (error) {
    const why = said.get(error instanceof Error && 'code' in error ? error.code : undefined);
    if (why === undefined) throw error;
    throw new UnreadableFileError(`${file}: ${why}.`);
  }
}
