import type { VaultRow, VaultTable } from './vault-table';

/** A vault as the rows that it lies in, sealed as they are. Only what copies a vault sees it so. */
export interface VaultRows {
  /** The keys of a table, in no order. */
  keys(table: VaultTable): Promise<readonly VaultRow[]>;
  /** The rows that have those keys, in no order. */
  rows(table: VaultTable, keys: readonly VaultRow[]): Promise<readonly VaultRow[]>;
  /** Adds rows, all or none. */
  add(table: VaultTable, rows: readonly VaultRow[]): Promise<void>;
  close(): Promise<void>;
}

/** A vault that holds something else than what is copied into it. */
export class VaultDiffersError extends Error {
  readonly code = 'VAULT_DIFFERS';
  constructor(table: string) {
    super(
      `In its table ${table} the target holds something else than the vault that is copied. A copy goes into an empty vault, or goes on in one that was begun from the same; and nothing may be recorded or erased meanwhile. Stop the services, delete the target, and copy again.`,
    );
    this.name = 'VaultDiffersError';
  }
}
