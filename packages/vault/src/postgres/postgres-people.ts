import { newId } from '@ledger/events';
import { isDuplicate, type Queryable, type SqlRow } from '@ledger/postgres';
import { bytesOf } from '../master-key';
import { lookupsOf, matchesOf, mostCandidates } from '../people/name-matching';
import {
  checkedDetails,
  EmailTakenError,
  foldedEmail,
  HeldError,
  type Person,
  type PersonDetails,
  type PersonField,
  type PersonMatch,
} from '../people/person';
import { UnknownPersonError, type NoteAbout, type People } from '../port';
import { openNote, seal, unseal } from '../sealing';
import type { VaultDatabase } from './vault-database';

/** People with their sealed keys, in the order that `#person` reads; a condition is added to it. */
const peopleWithKeys = `SELECT p.id, p.name, p.email, p.hold, p.added, k.sealed, p.subject_key
  FROM person p JOIN subject_key k ON k.id = p.subject_key`;

/** People in the vault's PostgreSQL database. */
export class PostgresPeople implements People {
  constructor(
    readonly vault: VaultDatabase,
    readonly now: () => number,
  ) {}

  /** A key may be made of what a form held, so it is kept in keyed form (E3). */
  #commandKey(commandKey: string): string {
    return this.vault.keyed(`person/${commandKey}`);
  }

  async addedBy(commandKey: string): Promise<string | undefined> {
    return idOf(await this.#byCommand(this.vault.database, this.#commandKey(commandKey)));
  }

  async #byCommand(on: Queryable, key: string): Promise<readonly SqlRow[]> {
    return on.rows('SELECT id FROM person WHERE command_key = $1', [key]);
  }

  async add({ commandKey, ...details }: PersonDetails & { readonly commandKey: string }): Promise<string> {
    const { name, email } = checkedDetails(details);
    const key = this.#commandKey(commandKey);
    return takingEmail(
      this.vault.once(key, async (transaction) => {
        const known = idOf(await this.#byCommand(transaction, key));
        if (known !== undefined) return known;
        const id = newId();
        const { id: keyId, key: ownKey } = await this.vault.newKey(transaction);
        await transaction.change('INSERT INTO person VALUES ($1, $2, $3, $4, $5, $6, NULL, $7)', [
          id,
          key,
          keyId,
          sealed(ownKey, name),
          email === null ? null : sealed(ownKey, email),
          this.#emailHash(email),
          new Date(this.now()).toISOString(),
        ]);
        await this.#index(transaction, id, name);
        return id;
      }),
    );
  }

  #emailHash(email: string | null): string | null {
    return email === null ? null : this.vault.keyed(`email/${foldedEmail(email)}`);
  }

  #nameHashes(name: string): readonly string[] {
    return [...new Set(lookupsOf(name))].map((lookup) => this.vault.keyed(`name/${lookup}`));
  }

  async #index(transaction: Queryable, id: string, name: string | null): Promise<void> {
    await transaction.change('DELETE FROM person_lookup WHERE person = $1', [id]);
    if (name !== null)
      await transaction.change('INSERT INTO person_lookup SELECT hash, $2 FROM unnest($1::text[]) AS hash', [
        this.#nameHashes(name),
        id,
      ]);
  }

  async read(id: string): Promise<Person | 'erased' | undefined> {
    const { database } = this.vault;
    const [row] = await database.rows(`${peopleWithKeys} WHERE p.id = $1`, [id]);
    if (row !== undefined) return this.#person(row);
    const erased = await database.rows('SELECT 1 FROM erased WHERE person = $1', [id]);
    return erased.length === 0 ? undefined : 'erased';
  }

  #person([id, name, email, hold, added, keySealed]: SqlRow): Person {
    const key = this.vault.key(keySealed);
    const field = (value: unknown): string | null =>
      value === null || value === undefined ? null : unseal(key, bytesOf(value)).toString('utf8');
    return {
      id: String(id),
      name: field(name),
      email: field(email),
      hold: field(hold),
      added: String(added),
    };
  }

  /** The row of a person who is being changed: nobody else changes or erases him or her meanwhile. */
  async #locked(transaction: Queryable, id: string): Promise<SqlRow | undefined> {
    const [row] = await transaction.rows(`${peopleWithKeys} WHERE p.id = $1 FOR UPDATE OF p`, [id]);
    return row;
  }

  async #keyOf(transaction: Queryable, id: string): Promise<Uint8Array> {
    const row = await this.#locked(transaction, id);
    if (row === undefined) throw new UnknownPersonError(id);
    return this.vault.key(row[5]);
  }

  async change(id: string, details: PersonDetails): Promise<void> {
    const { name, email } = checkedDetails(details);
    await takingEmail(
      this.vault.database.transaction(async (transaction) => {
        const key = await this.#keyOf(transaction, id);
        await transaction.change('UPDATE person SET name = $2, email = $3, email_hash = $4 WHERE id = $1', [
          id,
          sealed(key, name),
          email === null ? null : sealed(key, email),
          this.#emailHash(email),
        ]);
        await this.#index(transaction, id, name);
      }),
    );
    await this.vault.shred();
  }

  async find(name: string): Promise<readonly PersonMatch[]> {
    const hashes = this.#nameHashes(name);
    if (hashes.length === 0) return [];
    const rows = await this.vault.database.rows(
      `${peopleWithKeys} WHERE p.id IN (SELECT person FROM person_lookup WHERE hash = ANY ($1::text[]))
       ORDER BY p.id LIMIT ${mostCandidates}`,
      [hashes],
    );
    return matchesOf(
      name,
      rows.map((row) => this.#person(row)),
    );
  }

  async findByEmail(email: string): Promise<string | undefined> {
    const hash = this.#emailHash(email);
    return idOf(await this.vault.database.rows('SELECT id FROM person WHERE email_hash = $1', [hash]));
  }

  async all(): Promise<readonly Person[]> {
    const rows = await this.vault.database.rows(`${peopleWithKeys} ORDER BY p.id`);
    return rows.map((row) => this.#person(row));
  }

  async notesAbout(id: string): Promise<readonly NoteAbout[]> {
    const rows = await this.vault.database.rows(
      `SELECT n.id, n.sealed, n.written, k.sealed FROM note_about a JOIN note n ON n.id = a.note
       JOIN subject_key k ON k.id = n.subject_key WHERE a.person = $1 ORDER BY n.id`,
      [id],
    );
    return rows.map(([note, text, written, key]) => ({
      id: String(note),
      text: openNote(this.vault.key(key), bytesOf(text)).text,
      written: String(written),
    }));
  }

  async forget(id: string, field: PersonField): Promise<void> {
    await this.vault.database.transaction(async (transaction) => {
      await this.#keyOf(transaction, id);
      if (field === 'email')
        await transaction.change('UPDATE person SET email = NULL, email_hash = NULL WHERE id = $1', [id]);
      else {
        await transaction.change('UPDATE person SET name = NULL WHERE id = $1', [id]);
        await this.#index(transaction, id, null);
      }
    });
    await this.vault.shred();
  }

  async forgetNote(id: string): Promise<void> {
    await this.vault.database.transaction(async (transaction) => destroyNotes(transaction, [id]));
    await this.vault.shred();
  }

  async notesWrittenBefore(instant: string): Promise<readonly string[]> {
    const rows = await this.vault.database.rows(
      `SELECT id FROM note n WHERE written COLLATE "C" < $1 AND NOT EXISTS (
         SELECT 1 FROM note_about a JOIN person p ON p.id = a.person WHERE a.note = n.id AND p.hold IS NOT NULL
       ) ORDER BY id`,
      [instant],
    );
    return rows.map(([id]) => String(id));
  }

  async hold(id: string, reason: string | null): Promise<void> {
    await this.vault.database.transaction(async (transaction) => {
      const key = await this.#keyOf(transaction, id);
      await transaction.change('UPDATE person SET hold = $2 WHERE id = $1', [
        id,
        reason === null ? null : sealed(key, reason),
      ]);
    });
  }

  async erase(id: string): Promise<void> {
    await this.vault.database.transaction(async (transaction) => {
      const row = await this.#locked(transaction, id);
      if (row !== undefined && row[3] !== null) throw new HeldError(id);
      const notes = await transaction.rows('SELECT note FROM note_about WHERE person = $1', [id]);
      await destroyNotes(
        transaction,
        notes.map(([note]) => String(note)),
      );
      if (row !== undefined) {
        await transaction.change('DELETE FROM person WHERE id = $1', [id]);
        await transaction.change('DELETE FROM subject_key WHERE id = $1', [String(row[6])]);
      }
      await transaction.change('INSERT INTO erased VALUES ($1) ON CONFLICT DO NOTHING', [id]);
    });
    await this.vault.shred();
  }
}

/** The texts of notes, and their keys where no one else has them. */
async function destroyNotes(transaction: Queryable, ids: readonly string[]): Promise<void> {
  const gone = await transaction.rows('DELETE FROM note WHERE id = ANY ($1::text[]) RETURNING subject_key', [
    ids,
  ]);
  await transaction.change(
    `DELETE FROM subject_key k WHERE id = ANY ($1::bigint[])
     AND NOT EXISTS (SELECT 1 FROM person WHERE subject_key = k.id)
     AND NOT EXISTS (SELECT 1 FROM note WHERE subject_key = k.id)`,
    [gone.map(([key]) => String(key))],
  );
}

/** Of a person only the address is unique besides what this code makes itself. @throws EmailTakenError */
async function takingEmail<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (isDuplicate(error)) throw new EmailTakenError();
    throw error;
  }
}

function idOf([row]: readonly SqlRow[]): string | undefined {
  return row === undefined ? undefined : String(row[0]);
}

function sealed(key: Uint8Array, text: string): Uint8Array {
  return seal(key, Buffer.from(text, 'utf8'));
}
