import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
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

/**
 * Fills a new folder and gives it its name when everything is in it: it appears whole or not at all. It is made beside
 * its place, because a folder is renamed at once on one file system alone.
 */
export async function makeWhole<T>(folder: string, fill: (making: string) => Promise<T>): Promise<T> {
  mkdirSync(dirname(folder), { recursive: true });
  const making = mkdtempSync(join(dirname(folder), `.${basename(folder)}-`));
  try {
    const made = await fill(making);
    if (existsSync(folder)) rmSync(folder, { recursive: true });
    renameSync(making, folder);
    return made;
  } catch (error) {
    rmSync(making, { recursive: true, force: true });
    throw error;
  }
}
