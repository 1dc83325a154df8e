import { randomBytes } from 'node:crypto';
import {
  checkPassword,
  hashPassword,
  isUserRole,
  passwordMatches,
  SignInAttempts,
  SignInFailedError,
  type Account,
  type AccountStore,
  type AuditFile,
  type Grant,
} from '@ledger/access';
import { ProblemError } from '@ledger/http';
import { UnknownPersonError, type Vault } from '@ledger/vault';

/** A user as administrators see him or her. */
export interface ShownUser {
  readonly id: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly grants: readonly Grant[];
  readonly active: boolean;
  readonly signsInWith: 'password' | 'identity provider' | 'nothing yet';
}

/** A user to be added. */
export interface NewUser {
  readonly commandKey: string;
  readonly name: string;
  readonly email: string;
  readonly grants: readonly Grant[];
  /** The subject of an identity provider, where it is known beforehand: of another system, say. */
  readonly subject?: string | undefined;
}

export interface UsersParts {
  readonly vault: Vault;
  readonly accounts: AccountStore;
  readonly audit: AuditFile;
}

const wrong = 'The e-mail address or the password is not right. Check both, and try again.';

/** Users of a live ledger: who they are is in the vault, what they may do in the account store. */
export class Users {
  readonly #attempts = new SignInAttempts();

  constructor(readonly parts: UsersParts) {}

  /** Signs in with a password and begins a session. @throws SignInFailedError, TooManyAttemptsError */
  async signIn(
    email: string,
    password: string,
    network: string,
  ): Promise<{ token: string; account: Account }> {
    const { vault, accounts, audit } = this.parts;
    const tried = vault.keyed(`sign-in/${email.trim().toLowerCase()}`);
    try {
      await this.#attempts.begin(tried, network);
      const person = await vault.people.findByEmail(email);
      const account = person === undefined ? undefined : await accounts.find(person);
      const right = await passwordMatches(password, account?.active === true ? account.password : null);
      if (account === undefined || !right) throw new SignInFailedError(wrong);
      await this.#attempts.succeeded(tried, network);
      audit.add({ actor: account.person, what: 'signed-in' });
      return { token: await accounts.beginSession(account.person), account };
    } catch (error) {
      audit.add({ actor: null, what: 'sign-in-failed', tried });
      throw error;
    }
  }

  /** Begins a session for whom an identity provider vouches. @throws SignInFailedError for nobody's account */
  async signInFromProvider(subject: string, verifiedEmail: string | undefined): Promise<string> {
    const { vault, accounts, audit } = this.parts;
    let account = await accounts.findByOidcSubject(subject);
    if (account === undefined && verifiedEmail !== undefined) {
      const person = await vault.people.findByEmail(verifiedEmail);
      const known = person === undefined ? undefined : await accounts.find(person);
      // The first time, a verified address ties the provider's subject to the account; afterwards the subject alone counts.
      if (known !== undefined && known.oidcSubject === null)
        account = await accounts.change(known.person, { oidcSubject: subject, mustChange: false });
    }
    if (account?.active !== true) {
      audit.add({ actor: null, what: 'sign-in-failed', tried: vault.keyed(`sign-in/${subject}`) });
      throw new SignInFailedError(
        'The identity provider knows you, but you are no user of this ledger. Ask an administrator to add you.',
      );
    }
    audit.add({ actor: account.person, what: 'signed-in' });
    return accounts.beginSession(account.person);
  }

  async signOut(token: string, person: string): Promise<void> {
    await this.parts.accounts.endSession(token);
    this.parts.audit.add({ actor: person, what: 'signed-out' });
  }

  /** Adds a user; the first password is given out once and must be changed. @throws InvalidPersonError, EmailTakenError */
  async add(
    by: string,
    { commandKey, subject, ...user }: NewUser,
  ): Promise<{ id: string; password: string }> {
    const { vault, accounts, audit } = this.parts;
    const known = await vault.people.findByEmail(user.email);
    if (known !== undefined && (await accounts.find(known)) !== undefined)
      throw new ProblemError(409, 'USER_EXISTS', 'There is a user with this e-mail address already.', {
        errors: [{ path: 'email', message: 'belongs to a user already' }],
      });
    const id = known ?? (await vault.people.add({ ...user, commandKey: `user/${commandKey}` }));
    const password = firstPassword();
    await accounts.put({
      person: id,
      password: await hashPassword(password),
      oidcSubject: subject ?? null,
      grants: checkedGrants(user.grants),
      active: true,
      mustChange: true,
    });
    audit.add({ actor: by, what: 'user-changed', about: [id] });
    return { id, password };
  }

  async all(): Promise<readonly ShownUser[]> {
    const accounts = await this.parts.accounts.all();
    return Promise.all(accounts.map(async (account) => this.#shown(account)));
  }

  /** One user. @throws UnknownPersonError */
  async find(id: string): Promise<ShownUser> {
    return this.#shown(await this.#known(id));
  }

  async #shown({ person, grants, active, password, oidcSubject }: Account): Promise<ShownUser> {
    const known = await this.parts.vault.people.read(person);
    const named = known === 'erased' ? undefined : known;
    return {
      id: person,
      name: named?.name ?? null,
      email: named?.email ?? null,
      grants,
      active,
      signsInWith:
        oidcSubject !== null ? 'identity provider' : password === null ? 'nothing yet' : 'password',
    };
  }

  /** Gives roles, or lets a user in or out. Nobody changes his or her own, so that one administrator always stays. */
  async change(
    by: string,
    id: string,
    change: { grants?: readonly Grant[]; active?: boolean },
  ): Promise<void> {
    const { accounts, audit } = this.parts;
    await this.#known(id);
    if (by === id)
      throw new ProblemError(
        409,
        'OWN_ROLES',
        'Nobody changes his or her own roles; ask another administrator.',
      );
    await accounts.change(id, {
      ...(change.grants !== undefined && { grants: checkedGrants(change.grants) }),
      ...(change.active !== undefined && { active: change.active }),
    });
    audit.add({ actor: by, what: 'user-changed', about: [id] });
  }

  /** A new first password, given out once. */
  async newPassword(by: string, id: string): Promise<string> {
    const { accounts, audit } = this.parts;
    await this.#known(id);
    const password = firstPassword();
    await accounts.change(id, { password: await hashPassword(password), mustChange: true });
    audit.add({ actor: by, what: 'user-changed', about: [id] });
    return password;
  }

  /** Changes one's own password. @throws SignInFailedError, WeakPasswordError */
  async changePassword(id: string, current: string, wanted: string, network: string): Promise<string> {
    const { accounts, audit, vault } = this.parts;
    const account = await this.#known(id);
    const tried = vault.keyed(`sign-in/${id}`);
    await this.#attempts.begin(tried, network);
    if (!(await passwordMatches(current, account.password)))
      throw new SignInFailedError('The current password is not right.');
    await this.#attempts.succeeded(tried, network);
    checkPassword(wanted);
    await accounts.change(id, { password: await hashPassword(wanted), mustChange: false });
    audit.add({ actor: id, what: 'user-changed', about: [id] });
    return accounts.beginSession(id);
  }

  async #known(id: string): Promise<Account> {
    const account = await this.parts.accounts.find(id);
    if (account === undefined) throw new UnknownPersonError(id);
    return account;
  }
}

/** Twenty characters that are easy to read out: no letter or digit that looks like another. */
function firstPassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyz23456789';
  const drawn = [...randomBytes(20)].map((byte) => letters.charAt(byte % letters.length)).join('');
  return drawn.replaceAll(/(.{5})(?=.)/g, '$1-');
}

/** @throws ProblemError for a role there is not */
function checkedGrants(grants: readonly Grant[]): readonly Grant[] {
  const unknown = grants.find(({ role }) => !isUserRole(role));
  if (unknown !== undefined)
    throw new ProblemError(422, 'REFUSED', `There is no role “${unknown.role.slice(0, 60)}”.`, {
      errors: [{ path: 'grants', message: 'names a role there is not' }],
    });
  return grants;
}
