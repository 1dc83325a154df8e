import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PostgresDatabase } from '@ledger/postgres';
import { PostgresVault } from '..';
import { evidenceCompliance } from '../compliance/evidence-compliance';
import { vaultCompliance } from '../compliance/vault-compliance';

/** A database of its own, as the vault is to have. */
const name = `vault_${randomUUID().replaceAll('-', '')}`;
const server = process.env['POSTGRES_URL'] ?? '';
const address = ((): string => {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
})();

async function onServer(statement: string): Promise<void> {
  const database = await PostgresDatabase.open(server, { schema: 'public', durable: 'FULL' });
  try {
    await database.change(statement);
  } finally {
    await database.close();
  }
}

let folder: string;
let keyFile: string;
let schema: string;
let schemas = 0;
beforeAll(() => onServer(`CREATE DATABASE ${name} ENCODING 'UTF8' TEMPLATE template0`));
afterAll(() => onServer(`DROP DATABASE ${name} WITH (FORCE)`));
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vault-'));
  keyFile = join(folder, 'vault.key');
  schema = `vault_${++schemas}`;
});
afterEach(() => rmSync(folder, { recursive: true }));
const open = async (): Promise<PostgresVault> => PostgresVault.open(address, { keyFile, schema });

vaultCompliance('PostgreSQL', open);
evidenceCompliance('PostgreSQL', open);

test('two services that open a new vault at once share its secret, and notes outlive both', async () => {
  await (await open()).close();
  const [one, other] = await Promise.all([open(), open()]);
  expect(one.keyed('a')).toBe(other.keyed('a'));
  const reference = await one.putNote({ commandKey: 'k', text: 'kept' });
  await one.close();
  await other.close();
  const after = await open();
  expect([after.keyed('a') === one.keyed('a'), await after.readNote(reference)]).toEqual([true, 'kept']);
  await after.close();
});

test('a vault is not opened with another key than its own', async () => {
  await (await open()).close();
  const opening = PostgresVault.open(address, { keyFile: join(folder, 'other.key'), schema });
  await expect(opening).rejects.toMatchObject({ code: 'WRONG_VAULT_KEY' });
});

test('one command sent to two services at once makes one note and one person', async () => {
  const [one, other] = [await open(), await open()];
  const both = [one, other, one, other];
  const notes = await Promise.all(both.map((vault) => vault.putNote({ commandKey: 'k', text: 'same' })));
  expect(new Set(notes.map(({ vault }) => vault)).size).toBe(1);
  const people = await Promise.all(both.map((vault) => vault.people.add({ commandKey: 'p', name: 'A B' })));
  expect(new Set(people).size).toBe(1);
  expect(await one.people.all()).toHaveLength(1);
  await one.close();
  await other.close();
});

test('of two people added at once with one address, one is', async () => {
  const [one, other] = [await open(), await open()];
  const added = await Promise.allSettled(
    [one, other].map((vault, at) => vault.people.add({ commandKey: `${at}`, name: 'A B', email: 'a@b.org' })),
  );
  expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  expect(added.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'EMAIL_TAKEN' },
  });
  await one.close();
  await other.close();
});

test('a note written while the person is erased is erased too, or knows that the person is gone', async () => {
  const [one, other] = [await open(), await open()];
  for (let at = 0; at < 10; at++) {
    const id = await one.people.add({ commandKey: `person ${at}`, name: 'Some Body' });
    await Promise.all([
      one.people.erase(id),
      other.putNote({ commandKey: `note ${at}`, text: 'about', about: [id] }),
    ]);
    expect(await one.people.read(id)).toBe('erased');
    // Erasing again takes whatever came after.
    await one.people.erase(id);
    expect(await one.people.notesAbout(id)).toEqual([]);
  }
  await one.close();
  await other.close();
});

test('names and texts stand in no row, and the key in a file that only its owner reads', async () => {
  const vault = await open();
  const canary = 'Canary Quillfeather';
  const id = await vault.people.add({ commandKey: 'p', name: canary, email: 'canary@quillfeather.org' });
  await vault.putNote({ commandKey: 'k', text: canary, about: [id] });
  const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
  for (const table of ['person', 'note', 'person_lookup', 'note_about', 'secret', 'subject_key']) {
    const rows = await database.rows(`SELECT t::text FROM ${table} t`);
    expect(rows.length).toBeGreaterThan(0);
    for (const [row] of rows)
      for (const word of ['Canary', 'Quillfeather', Buffer.from('Canary').toString('hex')])
        expect(String(row)).not.toContain(word);
  }
  await vault.people.erase(id);
  for (const table of ['person', 'note', 'person_lookup', 'note_about', 'subject_key'])
    expect(await database.rows(`SELECT t::text FROM ${table} t`)).toEqual([]);
  await database.close();
  await vault.close();
  expect(statSync(keyFile).mode & 0o077).toBe(0);
});

test('a reference whose hash is not the note’s is found', async () => {
  const vault = await open();
  const reference = await vault.putNote({ commandKey: 'k', text: 'x' });
  await expect(vault.readNote({ ...reference, sha256: '0'.repeat(64) })).rejects.toMatchObject({
    code: 'NOTE_ALTERED',
  });
  await vault.close();
});
