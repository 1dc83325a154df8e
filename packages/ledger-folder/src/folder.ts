import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The file that makes a folder a live ledger's, and holds what its operator may set. */
export const ledgerFile = 'ledger.json';

/** Where a ledger lies if nobody says otherwise: in the project's own folder, whatever folder one stands in. */
export function defaultFolder(full: boolean): string {
  return join(__dirname, '..', '..', '..', 'data', full ? 'demonstration' : 'empty');
}

/** Whether a folder holds a live ledger: `ledger init` made it, and nothing turns a demonstration into one. */
export function isLive(folder: string): boolean {
  return existsSync(join(folder, ledgerFile));
}
