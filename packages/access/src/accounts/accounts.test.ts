import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkPassword, hashPassword, passwordMatches, SqliteAccountStore } from '..';
import { accountCompliance } from './compliance/account-compliance';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'accounts-'))));
afterEach(() => rmSync(folder, { recursive: true }));

accountCompliance('SQLite', async (now) => SqliteAccountStore.open(join(folder, 'access.db'), now));

test('a session is not to be had from the file', async () => {
  const person = '0f0a5c1e-0001-5000-8000-000000000001';
  const accounts = SqliteAccountStore.open(join(folder, 'access.db'), Date.now);
  const rest = { password: null, oidcSubject: null, grants: [], active: true, mustChange: false };
  await accounts.put({ person, ...rest });
  const token = await accounts.beginSession(person);
  const files = readdirSync(folder);
  expect(files).toContain('access.db');
  for (const file of files) expect(readFileSync(join(folder, file)).includes(token)).toBe(false);
  await accounts.close();
});

describe('a password', () => {
  test('matches itself and no other, and nobody’s matches none', async () => {
    const kept = await hashPassword('three random words');
    expect(await passwordMatches('three random words', kept)).toBe(true);
    expect(await passwordMatches('three random word', kept)).toBe(false);
    expect(await passwordMatches('three random words', null)).toBe(false);
    expect(await hashPassword('three random words')).not.toBe(kept);
  });
  test.each(['short', 'aaaaaaaaaaaaaaa', 'Password12345!', 'x'.repeat(2000)])(
    '“%.20s” is refused',
    (password) =>
      expect(() => checkPassword(password)).toThrow(expect.objectContaining({ code: 'WEAK_PASSWORD' })),
  );
});
