import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteVault } from '..';
import { copyCompliance } from '../compliance/copy-compliance';
import { SqliteVaultRows } from '../sqlite/sqlite-vault-rows';
import { copyRows } from './copy-rows';
import { copyVault } from './copy-vault';
import { tablesOfVault } from './vault-table';

let folder: string;
let files = 0;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vault-copy-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const newFile = (): string => join(folder, `${++files}.db`);
const at = (file: string) => ({ engine: 'sqlite', file }) as const;

copyCompliance('one file to another', async () => {
  const [from, to] = [newFile(), newFile()];
  return {
    source: async () => SqliteVault.open(from),
    copy: async () => copyVault({ from: at(from), to: at(to) }),
    target: async () => SqliteVault.open(to),
  };
});

/** A vault with two people, a note and a piece of evidence. */
async function filled(): Promise<string> {
  const file = newFile();
  const vault = SqliteVault.open(file);
  const one = await vault.people.add({ commandKey: '1', name: 'One Person', email: 'one@b.org' });
  await vault.people.add({ commandKey: '2', name: 'Other Person' });
  await vault.putNote({ commandKey: 'n', text: 'about one', about: [one] });
  await vault.evidence.put({ name: 'a.csv', bytes: Buffer.from('a,b\n') });
  await vault.close();
  return file;
}

test('a copy that breaks off at any write goes on, and is whole', async () => {
  const from = await filled();
  for (let broken = 0; broken < tablesOfVault.length; broken++) {
    const to = newFile();
    copyFileSync(`${from}.key`, `${to}.key`);
    const [source, target] = [SqliteVaultRows.open(from), SqliteVaultRows.open(to)];
    let writes = 0;
    const breaking = {
      keys: target.keys.bind(target),
      rows: target.rows.bind(target),
      close: target.close.bind(target),
      add: async (...given: Parameters<typeof target.add>): Promise<void> => {
        if (writes++ === broken) throw new Error('the power went');
        await target.add(...given);
      },
    };
    await copyRows(source, breaking).catch(() => undefined);
    await target.close();
    await source.close();
    const copied = await copyVault({ from: at(from), to: at(to) });
    expect(copied).toMatchObject({ people: 2, notes: 1, evidence: 1 });
    const vault = SqliteVault.open(to);
    expect(await vault.people.all()).toHaveLength(2);
    await vault.close();
  }
});

test('the key goes along for its owner alone, and another key that lies there is refused before anything is copied', async () => {
  const from = await filled();
  const to = newFile();
  await copyVault({ from: at(from), to: at(to) });
  expect(statSync(`${to}.key`).mode & 0o077).toBe(0);
  const other = newFile();
  writeFileSync(`${other}.key`, '0'.repeat(64));
  await expect(copyVault({ from: at(from), to: at(other) })).rejects.toMatchObject({
    code: 'WRONG_VAULT_KEY',
  });
  expect(existsSync(other)).toBe(false);
});

test('a vault whose key is not its own is not copied, and a key that is missing is not made', async () => {
  const from = await filled();
  rmSync(`${from}.key`);
  const copying = async () => copyVault({ from: at(from), to: at(newFile()) });
  await expect(copying()).rejects.toMatchObject({ code: 'NO_VAULT_KEY' });
  expect(existsSync(`${from}.key`)).toBe(false);
  writeFileSync(`${from}.key`, '0'.repeat(64));
  await expect(copying()).rejects.toMatchObject({ code: 'WRONG_VAULT_KEY' });
});

test('a vault that is not there is not made by copying it', async () => {
  const from = newFile();
  await expect(copyVault({ from: at(from), to: at(newFile()) })).rejects.toMatchObject({ code: 'NO_VAULT' });
  expect(existsSync(from)).toBe(false);
});

test('somebody who was erased after a copy was begun does not stay behind in it unsaid', async () => {
  const from = await filled();
  const to = newFile();
  await copyVault({ from: at(from), to: at(to) });
  const vault = SqliteVault.open(from);
  const [one] = await vault.people.all();
  await vault.people.erase(one?.id ?? '');
  await vault.close();
  await expect(copyVault({ from: at(from), to: at(to) })).rejects.toMatchObject({ code: 'VAULT_DIFFERS' });
});
