/** What is wrong with a file that was named, by the code of the operating system. */
const faults: Readonly<Record<string, (file: string) => string>> = {
  ENOENT: (file) => `There is no file or folder ${file}.`,
  EISDIR: (file) => `${file} is a folder; name a file.`,
  ENOTDIR: (file) => `Something on the way to ${file} is no folder.`,
  EACCES: (file) => `You may not read or write ${file}.`,
  ENOSPC: (file) => `There is no room left on the disk for ${file}.`,
};

/** An error about a file as a sentence; undefined for any other. */
export function fileErrorInWords(error: unknown): string | undefined {
  if (!(error instanceof Error && 'code' in error)) return undefined;
  const file = 'path' in error && typeof error.path === 'string' ? error.path : 'what was named';
  return faults[String(error.code)]?.(file);
}
