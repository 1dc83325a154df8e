import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MemoryVault, SqliteVault } from '.';
import { vaultCompliance } from './compliance/vault-compliance';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'vault-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const open = (): SqliteVault => SqliteVault.open(join(folder, 'vault.db'));

vaultCompliance('memory', async () => new MemoryVault());
vaultCompliance('SQLite', async () => open());

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
  test('writes names and texts in no file, and after erasing not even their bytes under lock', async () => {
    const vault = open();
    const canary = 'Canary Quillfeather';
    const id = await vault.people.add({ commandKey: 'p', name: canary, email: 'canary@quillfeather.org' });
    await vault.putNote({ commandKey: 'k', text: canary, about: [id] });
    await vault.people.erase(id);
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
