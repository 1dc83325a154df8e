import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteVault } from '@ledger/vault';

const bin = join(__dirname, '..', '..', 'services', 'cli', 'bin', 'ledger.js');
let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'copy-vault-'))));
afterEach(() => rmSync(root, { recursive: true }));

async function copyVault(...options: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [bin, 'copy-vault', ...options],
      { cwd: root, env: { ...process.env, INIT_CWD: root } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

test('the command copies the vault of a folder to another, and says what it has copied', async () => {
  mkdirSync(join(root, 'ours'));
  mkdirSync(join(root, 'back'));
  const vault = SqliteVault.open(join(root, 'ours', 'vault.db'));
  const id = await vault.people.add({ commandKey: 'p', name: 'One Person' });
  await vault.close();
  const { code, out, err } = await copyVault('--from', 'sqlite:ours', '--to', 'sqlite:back', '--json');
  expect([code, err]).toEqual([0, '']);
  expect(JSON.parse(out)).toEqual({ people: 1, notes: 0, evidence: 0, alreadyThere: 0 });
  const copied = SqliteVault.open(join(root, 'back', 'vault.db'));
  expect(await copied.people.read(id)).toMatchObject({ name: 'One Person' });
  await copied.close();
});

test.each([
  ['an address that is none', ['--from', 'ours', '--to', 'sqlite:back'], 'sqlite:PATH'],
  ['a folder without a vault', ['--from', 'sqlite:ours', '--to', 'sqlite:back'], 'There is no vault'],
  [
    'a vault in PostgreSQL whose key is not named',
    ['--from', 'postgresql://a:hidden@127.0.0.1:1/b', '--to', 'sqlite:back'],
    '--key',
  ],
])('%s is refused in words, and no password is shown', async (_what, options, words) => {
  const { code, out, err } = await copyVault(...options);
  expect(code).toBeGreaterThan(0);
  expect(err).toContain(words);
  expect(out + err).not.toMatch(/hidden|\n\s+at /);
});
