import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Program } from '../settings/programs';

/**
 * The file in which a program remembers what it saw of a log in KurrentDB, in the folder of its data, which is made. Each
 * program has one of its own, as one process alone writes it. @returns undefined where it has no folder: nothing is kept
 */
export function positionsFile(program: Program, folder: string | undefined): string | undefined {
  if (folder === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  return join(folder, `positions-${program}.db`);
}
