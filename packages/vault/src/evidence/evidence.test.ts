import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '@ledger/sqlite';
import { MemoryVault, SqliteVault } from '..';
import { evidenceCompliance } from '../compliance/evidence-compliance';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'evidence-'))));
afterEach(() => rmSync(folder, { recursive: true }));
const file = (): string => join(folder, 'vault.db');
const text = (words: string): Buffer => Buffer.from(words, 'utf8');

evidenceCompliance('memory', async () => new MemoryVault());
evidenceCompliance('SQLite', async () => SqliteVault.open(file()));

test('no word of a file or of its name is on the disk, and a changed byte is found', async () => {
  const vault = SqliteVault.open(file());
  const kept = await vault.evidence.put({ name: 'Canary-name.txt', bytes: text('canary in the file') });
  await vault.close();
  for (const suffix of ['', '-wal']) {
    const bytes = readFileSync(`${file()}${suffix}`, { flag: 'a+' }).toString('latin1');
    expect([bytes.includes('canary'), bytes.includes('Canary')]).toEqual([false, false]);
  }
  const database = openDatabase(file(), { synchronous: 'FULL', soleWriter: true });
  database.exec("UPDATE evidence SET sealed = CAST(sealed || x'00' AS BLOB)");
  database.close();
  const again = SqliteVault.open(file());
  expect(await again.evidence.check(kept)).toBe('altered');
  await again.close();
});
