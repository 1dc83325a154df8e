import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AccountStore, checkPassword, hashPassword, passwordMatches, sessionLimits, type Account } from '..';

const account: Account = {
  person: '0f0a5c1e-0001-5000-8000-000000000001',
  grants: [{ role: 'programme-editor', programmes: ['peer-challenge'] }],
  active: true,
  mustChange: false,
  password: null,
  oidcSubject: 'subject-1',
};
let folder: string;
let now: number;
let accounts: AccountStore;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'));
  now = Date.parse('2020-01-01T09:00:00Z');
  accounts = AccountStore.open(join(folder, 'access.db'), () => now);
  accounts.put(account);
});
afterEach(() => {
  accounts.close();
  rmSync(folder, { recursive: true });
});

describe('accounts', () => {
  test('are kept whole, found by person and by the subject of an identity provider', () => {
    expect(accounts.find(account.person)).toEqual(account);
    expect(accounts.findByOidcSubject('subject-1')).toEqual(account);
    accounts.put({ ...account, active: false });
    expect(accounts.all()).toEqual([{ ...account, active: false }]);
    accounts.remove(account.person);
    expect(accounts.find(account.person)).toBeUndefined();
  });
});

describe('a session', () => {
  test('lasts while it is used, and not beyond its limits', () => {
    const token = accounts.beginSession(account.person);
    for (let hour = 0; hour < 12; hour++) {
      expect(accounts.session(token)).toEqual(account);
      now += 3_600_000;
    }
    now += 1;
    expect(accounts.session(token)).toBeUndefined();
  });
  test('ends when it is idle, when it is ended, and with its user', () => {
    const idle = accounts.beginSession(account.person);
    now += sessionLimits.idleMs + 1;
    expect(accounts.session(idle)).toBeUndefined();
    const ended = accounts.beginSession(account.person);
    accounts.endSession(ended);
    expect(accounts.session(ended)).toBeUndefined();
    const inactive = accounts.beginSession(account.person);
    accounts.put({ ...account, active: false });
    expect(accounts.session(inactive)).toBeUndefined();
  });
  test('is not to be had from the file', () => {
    const token = accounts.beginSession(account.person);
    for (const file of readdirSync(folder))
      expect(readFileSync(join(folder, file)).includes(token)).toBe(false);
    expect(accounts.session('x'.repeat(43))).toBeUndefined();
  });
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
