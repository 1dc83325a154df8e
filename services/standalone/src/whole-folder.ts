import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A folder in which no ledger can be made. */
export class FolderNotEmptyError extends Error {
  readonly code = 'FOLDER_NOT_EMPTY';
  constructor(folder: string) {
    super(
      `${folder} is not empty. A live ledger is made in a new or empty folder; a demonstration ledger never becomes one.`,
    );
    this.name = 'FolderNotEmptyError';
  }
}

/** @throws FolderNotEmptyError */
export function mustBeEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length > 0) throw new FolderNotEmptyError(folder);
}

/** What is being made by this process. */
const underway = new Set<string>();

/**
 * Fills a new folder and gives it its name when everything is in it and on the disk: it appears whole or not at all. It
 * is made beside its place, because a folder is renamed at once on one file system alone. What a killed process left of
 * the same folder is removed: it may hold what has been erased since.
 */
export async function makeWhole<T>(folder: string, fill: (making: string) => Promise<T>): Promise<T> {
  const parent = dirname(folder);
  mkdirSync(parent, { recursive: true });
  removeAbandoned(folder);
  const making = mkdtempSync(join(parent, `.${basename(folder)}-${process.pid}-`));
  underway.add(making);
  try {
    const made = await fill(making);
    for (const name of readdirSync(making)) synchronise(join(making, name));
    synchronise(making);
    // One that is there is empty; on some systems nothing is renamed onto it.
    if (existsSync(folder)) rmdirSync(folder);
    renameSync(making, folder);
    synchronise(parent);
    return made;
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw error;
  } finally {
    underway.delete(making);
  }
}

/** Makes sure that a file, or the names in a folder, are on the disk. Windows synchronises no folders. */
function synchronise(path: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes what processes that are gone began to make of a folder. */
function removeAbandoned(folder: string): void {
  const beginning = `.${basename(folder)}-`;
  for (const name of readdirSync(dirname(folder))) {
    const [, maker] =
      (name.startsWith(beginning) && /^(\d+)-\w{6}$/.exec(name.slice(beginning.length))) || [];
    if (maker === undefined) continue;
    const left = join(dirname(folder), name);
    if (!underway.has(left) && !isMaking(Number(maker))) rmSync(left, { recursive: true });
  }
}

/** Whether another process with a number runs. This one's number may have been another's before. */
function isMaking(maker: number): boolean {
  if (maker === process.pid) return false;
  try {
    process.kill(maker, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
