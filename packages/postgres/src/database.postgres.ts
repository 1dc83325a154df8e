import { randomUUID } from 'node:crypto';
import { migratePostgres, PostgresDatabase } from '.';

const address = process.env['POSTGRES_URL'] ?? '';
const migrations = [
  { version: 1, up: ['CREATE TABLE kept (number integer PRIMARY KEY)'] },
  { version: 2, up: ['ALTER TABLE kept ADD COLUMN name text', 'CREATE INDEX kept_name ON kept (name)'] },
];

let database: PostgresDatabase;
const open = async (schema: string): Promise<PostgresDatabase> =>
  PostgresDatabase.open(address, { schema, durable: 'FULL' });
beforeEach(async () => {
  database = await open(`test_${randomUUID().replaceAll('-', '')}`);
});
afterEach(async () => {
  await database.change(`DROP SCHEMA IF EXISTS ${database.schema} CASCADE`);
  await database.close();
});

const numbers = async (): Promise<unknown[]> =>
  (await database.rows('SELECT number FROM kept ORDER BY number')).map(([number]) => number);

test('a schema is brought from any version to the newest, once, whoever comes first', async () => {
  await migratePostgres(database, migrations.slice(0, 1));
  const others = [await open(database.schema), await open(database.schema)];
  await Promise.all([database, ...others].map((one) => migratePostgres(one, migrations)));
  for (const other of others) await other.close();
  await database.change("INSERT INTO kept VALUES (1, 'one')");
  expect(await database.rows('SELECT version FROM schema_version')).toEqual([[2]]);
});

test('a schema of a newer release is left as it is', async () => {
  await migratePostgres(database, [...migrations, { version: 3, up: [] }]);
  await expect(migratePostgres(database, migrations)).rejects.toMatchObject({
    code: 'NEWER_SCHEMA',
    found: 3,
    known: 2,
  });
});

test('a transaction that fails leaves nothing, and its connection goes on', async () => {
  await migratePostgres(database, migrations);
  const failing = database.transaction(async (transaction) => {
    await transaction.change('INSERT INTO kept VALUES (1)');
    await transaction.change('INSERT INTO kept VALUES (1)');
  });
  await expect(failing).rejects.toMatchObject({ code: 'POSTGRES', sqlState: '23505' });
  expect(await numbers()).toEqual([]);
  await database.transaction(async (transaction) => {
    await transaction.change('INSERT INTO kept VALUES (2)');
  });
  expect(await numbers()).toEqual([2]);
});

test('a transaction whose connection the server ends is taken back, and the next one gets another connection', async () => {
  await migratePostgres(database, migrations);
  const cut = database.transaction(async (transaction) => {
    await transaction.change('INSERT INTO kept VALUES (1)');
    const [row] = await transaction.rows('SELECT pg_backend_pid()');
    await database.rows('SELECT pg_terminate_backend($1::integer)', [Number(row?.[0])]);
    await transaction.change('INSERT INTO kept VALUES (2)');
  });
  await expect(cut).rejects.toMatchObject({ code: 'POSTGRES_UNAVAILABLE' });
  await database.change('INSERT INTO kept VALUES (3)');
  expect(await numbers()).toEqual([3]);
});

test('idle connections that the server ends are replaced without anybody noticing', async () => {
  await migratePostgres(database, migrations);
  const other = await open(database.schema);
  await other.rows(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1 AND pid <> pg_backend_pid()',
    [`ledger ${database.schema}`],
  );
  await other.close();
  // What was sent before the end was noticed fails as what can be tried again; nothing else does.
  for (let tries = 0; ; tries++)
    try {
      expect(await numbers()).toEqual([]);
      break;
    } catch (error) {
      expect(error).toMatchObject({ code: 'POSTGRES_UNAVAILABLE' });
      expect(tries).toBeLessThan(10);
    }
});

test('bytes, lists and characters of every alphabet come back as they were given', async () => {
  const bytes = Buffer.from([0, 1, 255, 92, 39]);
  const list = ['a,b', '"c"', '\\d', '{e}', 'NULL', '', 'ž🦊'];
  expect(await database.rows('SELECT $1::bytea, $2::text[], $3::bigint', [bytes, list, 2 ** 53 - 1])).toEqual(
    [[bytes, list, '9007199254740991']],
  );
});
