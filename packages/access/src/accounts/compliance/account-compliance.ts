import { sessionLimits, type Account, type AccountStore } from '../account-store';

const ann: Account = {
  person: '0f0a5c1e-0001-5000-8000-000000000001',
  grants: [{ role: 'programme-editor', programmes: ['peer-challenge'] }],
  active: true,
  mustChange: true,
  password: 'scrypt$of ann',
  oidcSubject: 'subject-1',
};
const ben: Account = {
  person: '0f0a5c1e-0002-5000-8000-000000000002',
  grants: [{ role: 'auditor', programmes: 'all' }],
  active: true,
  mustChange: false,
  password: null,
  oidcSubject: null,
};
const nobody = '0f0a5c1e-0009-5000-8000-000000000009';

/** The behaviour of every account store. An adapter enrols with a factory and nothing else. */
export function accountCompliance(name: string, open: (now: () => number) => Promise<AccountStore>): void {
  describe(`the ${name} account store`, () => {
    let now: number;
    let accounts: AccountStore;
    beforeEach(async () => {
      now = Date.parse('2020-01-01T09:00:00Z');
      accounts = await open(() => now);
      await accounts.put(ben);
      await accounts.put(ann);
    });
    afterEach(() => accounts.close());

    test('keeps accounts whole, found by person and by the subject of an identity provider', async () => {
      expect(await accounts.all()).toEqual([ann, ben]);
      expect(await accounts.find(ben.person)).toEqual(ben);
      expect(await accounts.findByOidcSubject('subject-1')).toEqual(ann);
      expect(await accounts.find(nobody)).toBeUndefined();
      expect(await accounts.findByOidcSubject('subject-2')).toBeUndefined();
    });
    test('replaces an account whole', async () => {
      const replaced: Account = { ...ann, password: null, oidcSubject: null, grants: [], active: false };
      await accounts.put(replaced);
      expect(await accounts.all()).toEqual([replaced, ben]);
    });
    test('changes what is named, keeps the rest, and ends the sessions of that person alone', async () => {
      const [ofAnn, ofBen] = [
        await accounts.beginSession(ann.person),
        await accounts.beginSession(ben.person),
      ];
      const changed = { ...ann, password: 'scrypt$another', mustChange: false };
      expect(await accounts.change(ann.person, { password: 'scrypt$another', mustChange: false })).toEqual(
        changed,
      );
      expect(await accounts.find(ann.person)).toEqual(changed);
      expect(await accounts.session(ofAnn)).toBeUndefined();
      expect(await accounts.session(ofBen)).toEqual(ben);
      expect(await accounts.change(nobody, { active: false })).toBeUndefined();
    });
    test('lets two changes at once both count', async () => {
      await Promise.all([
        accounts.change(ann.person, { active: false }),
        accounts.change(ann.person, { password: 'scrypt$another' }),
        accounts.change(ann.person, { grants: [] }),
      ]);
      expect(await accounts.find(ann.person)).toEqual({
        ...ann,
        active: false,
        password: 'scrypt$another',
        grants: [],
      });
    });
    test('refuses one subject for two persons, and leaves both as they were', async () => {
      await expect(accounts.put({ ...ben, oidcSubject: 'subject-1' })).rejects.toThrow();
      await expect(
        accounts.change(ben.person, { oidcSubject: 'subject-1', active: false }),
      ).rejects.toThrow();
      expect(await accounts.all()).toEqual([ann, ben]);
    });
    test('removes an account with its sessions, and begins none for nobody', async () => {
      const token = await accounts.beginSession(ann.person);
      await accounts.remove(ann.person);
      expect(await accounts.find(ann.person)).toBeUndefined();
      expect(await accounts.session(token)).toBeUndefined();
      await expect(accounts.beginSession(ann.person)).rejects.toThrow();
    });
    test('lets a session last while it is used, and not beyond its limits', async () => {
      const token = await accounts.beginSession(ann.person);
      for (let hour = 0; hour < 12; hour++) {
        expect(await accounts.session(token)).toEqual(ann);
        now += 3_600_000;
      }
      now += 1;
      expect(await accounts.session(token)).toBeUndefined();
    });
    test('ends a session that is idle, that is ended, and that of a user who is let out', async () => {
      const idle = await accounts.beginSession(ann.person);
      now += sessionLimits.idleMs + 1;
      expect(await accounts.session(idle)).toBeUndefined();
      const [ended, other] = [
        await accounts.beginSession(ann.person),
        await accounts.beginSession(ann.person),
      ];
      await accounts.endSession(ended);
      expect(await accounts.session(ended)).toBeUndefined();
      expect(await accounts.session(other)).toEqual(ann);
      await accounts.put({ ...ann, active: false });
      expect(await accounts.session(other)).toBeUndefined();
    });
    test('ends all sessions of a person, and knows no token that it did not give', async () => {
      const tokens = [await accounts.beginSession(ann.person), await accounts.beginSession(ann.person)];
      await accounts.endSessions(ann.person);
      for (const token of [...tokens, 'x'.repeat(43), ''])
        expect(await accounts.session(token)).toBeUndefined();
    });
  });
}
