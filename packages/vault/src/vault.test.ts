import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryVault, SqliteVault, type Vault } from '.';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vault-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const open = (): SqliteVault => SqliteVault.open(join(folder, 'vault.db'));

const adapters: readonly [string, () => Vault][] = [
  ['memory', () => new MemoryVault()],
  ['SQLite', open],
];

describe.each(adapters)('the %s vault', (_name, make) => {
  let vault: Vault;
  beforeEach(() => (vault = make()));
  afterEach(() => vault.close());

  test('gives a note back by its reference', async () => {
    const reference = await vault.putNote({ commandKey: 'k', text: 'Councillor Naïve asked 🦊' });
    expect(reference.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await vault.readNote(reference)).toBe('Councillor Naïve asked 🦊');
  });
  test('gives a retried command the same reference, and equal texts different ones', async () => {
    const first = await vault.putNote({ commandKey: 'k', text: 'same' });
    expect(await vault.putNote({ commandKey: 'k', text: 'same' })).toEqual(first);
    const other = await vault.putNote({ commandKey: 'l', text: 'same' });
    expect(other.sha256).not.toBe(first.sha256);
  });
  test('knows nothing of a reference it did not give', async () => {
    expect(
      await vault.readNote({ vault: '01a20c75-4a3c-7532-b916-7352039aa364', sha256: '0'.repeat(64) }),
    ).toBeUndefined();
  });
  test('hashes under its secret, the same each time', () => {
    expect(vault.keyed('a')).toBe(vault.keyed('a'));
    expect(vault.keyed('a')).not.toBe(vault.keyed('b'));
  });
});

describe('the SQLite vault', () => {
  test('keeps secret and notes over a restart', async () => {
    const before = open();
    const hash = before.keyed('a');
    const reference = await before.putNote({ commandKey: 'k', text: 'kept' });
    await before.close();
    const after = open();
    expect(after.keyed('a')).toBe(hash);
    expect(await after.readNote(reference)).toBe('kept');
    await after.close();
  });
  test('has a secret of its own', async () => {
    const [one, other] = [open(), SqliteVault.open(join(folder, 'other.db'))];
    expect(one.keyed('a')).not.toBe(other.keyed('a'));
    await one.close();
    await other.close();
  });
  test('writes the text of a note in no file', async () => {
    const vault = open();
    const canary = 'Canary Quillfeather';
    await vault.putNote({ commandKey: 'k', text: canary });
    await vault.close();
    for (const file of readdirSync(folder))
      expect(readFileSync(join(folder, file)).includes(canary)).toBe(false);
    expect(statSync(join(folder, 'vault.db.key')).mode & 0o077).toBe(0);
  });
  test('finds a reference whose hash is not the note’s', async () => {
    const vault = open();
    const reference = await vault.putNote({ commandKey: 'k', text: 'x' });
    await expect(vault.readNote({ ...reference, sha256: '0'.repeat(64) })).rejects.toMatchObject({
      code: 'NOTE_ALTERED',
    });
    await vault.close();
  });
});
