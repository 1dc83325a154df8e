import type { PostgresDatabase, Queryable } from './database';
import { NewerPostgresSchemaError } from './errors';

/** One step of a schema: from the version before it to its own. Never edited once released. */
export interface PostgresMigration {
  readonly version: number;
  /** Statements, run one after another. */
  readonly up: readonly string[];
}

/**
 * Makes the schema where it is missing and brings it to the newest version, in one transaction; processes that open it
 * at the same time wait for one another.
 * @throws NewerPostgresSchemaError for a schema of a newer release, which is left as it is
 */
export async function migratePostgres(
  database: PostgresDatabase,
  migrations: readonly PostgresMigration[],
): Promise<void> {
  const { schema } = database;
  const known = migrations.at(-1)?.version ?? 0;
  await database.transaction(async (transaction) => {
    await transaction.rows("SELECT pg_advisory_xact_lock(hashtextextended('ledger schema ' || $1, 0))", [
      schema,
    ]);
    const found = await versionOf(transaction, schema);
    if (found > known) throw new NewerPostgresSchemaError(schema, found, known);
    if (found === known) return;
    for (const { version, up } of migrations)
      if (version > found) for (const statement of up) await transaction.change(statement);
    await transaction.change('DELETE FROM schema_version');
    await transaction.change('INSERT INTO schema_version VALUES ($1)', [known]);
  });
}

async function versionOf(transaction: Queryable, schema: string): Promise<number> {
  const [made] = await transaction.rows('SELECT to_regclass($1) IS NOT NULL', [`${schema}.schema_version`]);
  if (made?.[0] !== true) {
    // The name was checked when the database was opened: letters, digits and underscores.
    await transaction.change(`CREATE SCHEMA IF NOT EXISTS ${schema}`);
    await transaction.change('CREATE TABLE schema_version (version integer NOT NULL)');
    return 0;
  }
  const [row] = await transaction.rows('SELECT version FROM schema_version');
  return Number(row?.[0] ?? 0);
}
