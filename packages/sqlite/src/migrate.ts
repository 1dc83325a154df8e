import type { Database } from './database';
import { NewerSchemaError } from './errors';

/** One step of a schema: from the version before it to its own. Never edited once released. */
export interface Migration {
  readonly version: number;
  readonly up: (database: Database) => void;
}

/**
 * Brings a file to the newest schema, each step in a transaction of its own.
 * @throws NewerSchemaError for a file of a newer release, which is left as it is
 */
export function migrate(database: Database, migrations: readonly Migration[]): void {
  const known = migrations.at(-1)?.version ?? 0;
  const found = Number(database.value('PRAGMA user_version'));
  if (found > known) throw new NewerSchemaError(database.file, found, known);
  for (const { version, up } of migrations) {
    if (version <= found) continue;
    database.transaction(() => {
      up(database);
      database.exec(`PRAGMA user_version = ${version}`);
    });
  }
}
