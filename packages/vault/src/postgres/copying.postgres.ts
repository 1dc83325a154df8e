import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresDatabase } from '@ledger/postgres';
import { copyVault, PostgresVault, SqliteVault } from '..';
import { copyCompliance } from '../compliance/copy-compliance';

const server = process.env['POSTGRES_URL'] ?? '';
const name = `vault_copy_${randomUUID().replaceAll('-', '')}`;
const address = ((): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
})();
const inPostgres = { engine: 'postgresql', address } as const;

async function on(where: string, statement: string): Promise<void> {
  const database = await PostgresDatabase.open(where, { schema: 'public', durable: 'FULL' });
  try {
    await database.change(statement);
  } finally {
    await database.close();
  }
}

let folder: string;
let files = 0;
beforeAll(() => on(server, `CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`));
afterAll(() => on(server, `DROP DATABASE ${name} WITH (FORCE)`));
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vault-copy-'))));
afterEach(() => rmSync(folder, { recursive: true }));

/** A vault in a file, one in PostgreSQL that is empty, and where the key of that is. */
async function engines() {
  await on(address, 'DROP SCHEMA IF EXISTS vault CASCADE');
  const inFile = { engine: 'sqlite', file: join(folder, `${++files}.db`) } as const;
  const keyFile = join(folder, `${files}.key`);
  return {
    inFile,
    keyFile,
    openFile: async () => SqliteVault.open(inFile.file),
    openPostgres: async () => PostgresVault.open(address, { keyFile }),
  };
}

copyCompliance(
  'a file to PostgreSQL',
  async () => {
    const { inFile, keyFile, openFile, openPostgres } = await engines();
    return {
      source: openFile,
      copy: async () => copyVault({ from: inFile, to: inPostgres, keyFile }),
      target: openPostgres,
    };
  },
  { runs: 8 },
);

copyCompliance(
  'PostgreSQL to a file',
  async () => {
    const { inFile, keyFile, openFile, openPostgres } = await engines();
    return {
      source: openPostgres,
      copy: async () => copyVault({ from: inPostgres, to: inFile, keyFile }),
      target: openFile,
    };
  },
  { runs: 8 },
);

test('a vault in PostgreSQL is not copied without the file of its key', async () => {
  const { inFile } = await engines();
  await expect(copyVault({ from: inPostgres, to: inFile })).rejects.toMatchObject({ code: 'NO_VAULT_KEY' });
});
