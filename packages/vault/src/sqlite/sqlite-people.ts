import { newId } from '@ledger/events';
import type { SqlValue } from '@ledger/sqlite';
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
import { bytesOf } from '../master-key';
import { UnknownPersonError, type NoteAbout, type People } from '../port';
import { openNote, seal, unseal } from '../sealing';
import type { VaultFile } from './vault-file';

/** People with their sealed keys, which `#person` needs; a condition is added to it. */
const peopleWithKeys = 'SELECT p.*, k.sealed AS key FROM person p JOIN subject_key k ON k.id = p.subject_key';

type Row = Readonly<Record<string, SqlValue>>;

/** People in the vault's SQLite file. */
export class SqlitePeople implements People {
  constructor(
    readonly file: VaultFile,
    readonly now: () => number,
  ) {}

  async addedBy(commandKey: string): Promise<string | undefined> {
    const known = this.file.database
      .prepare('SELECT id FROM person WHERE command_key = ?')
      .get(this.file.keyed(`person/${commandKey}`));
    return known === undefined ? undefined : String(known['id']);
  }

  async add({ commandKey, ...details }: PersonDetails & { readonly commandKey: string }): Promise<string> {
    const { name, email } = checkedDetails(details);
    const { database } = this.file;
    // A key may be made of what a form held, so it is kept in keyed form (E3).
    const key = this.file.keyed(`person/${commandKey}`);
    return database.transaction(() => {
      const known = database.prepare('SELECT id FROM person WHERE command_key = ?').get(key);
      if (known !== undefined) return String(known['id']);
      this.#mustBeFree(email, undefined);
      const id = newId();
      const { id: keyId, key: ownKey } = this.file.newKey();
      database
        .prepare('INSERT INTO person VALUES (?, ?, ?, ?, ?, ?, NULL, ?)')
        .run(
          id,
          key,
          keyId,
          sealed(ownKey, name),
          email === null ? null : sealed(ownKey, email),
          this.#emailHash(email),
          new Date(this.now()).toISOString(),
        );
      this.#index(id, name);
      return id;
    });
  }

  #emailHash(email: string | null): string | null {
    return email === null ? null : this.file.keyed(`email/${foldedEmail(email)}`);
  }

  #mustBeFree(email: string | null, owner: string | undefined): void {
    if (email === null) return;
    const held = this.file.database
      .prepare('SELECT id FROM person WHERE email_hash = ?')
      .get(this.#emailHash(email));
    if (held !== undefined && held['id'] !== owner) throw new EmailTakenError();
  }

  #index(id: string, name: string | null): void {
    const { database } = this.file;
    database.prepare('DELETE FROM person_lookup WHERE person = ?').run(id);
    const insert = database.prepare('INSERT INTO person_lookup VALUES (?, ?)');
    for (const lookup of name === null ? [] : lookupsOf(name))
      insert.run(this.file.keyed(`name/${lookup}`), id);
  }

  async read(id: string): Promise<Person | 'erased' | undefined> {
    const row = this.#row(id);
    if (row !== undefined) return this.#person(row);
    const erased = this.file.database.prepare('SELECT 1 FROM erased WHERE person = ?').get(id);
    return erased === undefined ? undefined : 'erased';
  }

  #row(id: string): Row | undefined {
    return this.file.database.prepare(`${peopleWithKeys} WHERE p.id = ?`).get(id);
  }

  #person(row: Row): Person {
    const key = this.file.key(row['key']);
    const field = (value: SqlValue | undefined): string | null =>
      value === null || value === undefined ? null : unseal(key, bytesOf(value)).toString('utf8');
    return {
      id: String(row['id']),
      name: field(row['name']),
      email: field(row['email']),
      hold: field(row['hold']),
      added: String(row['added']),
    };
  }

  async change(id: string, details: PersonDetails): Promise<void> {
    const { name, email } = checkedDetails(details);
    const { database } = this.file;
    database.transaction(() => {
      const key = this.#keyOf(id);
      this.#mustBeFree(email, id);
      database
        .prepare('UPDATE person SET name = ?, email = ?, email_hash = ? WHERE id = ?')
        .run(sealed(key, name), email === null ? null : sealed(key, email), this.#emailHash(email), id);
      this.#index(id, name);
    });
    this.file.shred();
  }

  #keyOf(id: string): Uint8Array {
    const row = this.#row(id);
    if (row === undefined) throw new UnknownPersonError(id);
    return this.file.key(row['key']);
  }

  async find(name: string): Promise<readonly PersonMatch[]> {
    const hashes = lookupsOf(name).map((lookup) => this.file.keyed(`name/${lookup}`));
    if (hashes.length === 0) return [];
    const rows = this.file.database
      .prepare(
        `${peopleWithKeys}
         WHERE p.id IN (SELECT person FROM person_lookup WHERE hash IN (${hashes.map(() => '?').join(', ')}))
         ORDER BY p.id LIMIT ${mostCandidates}`,
      )
      .all(...hashes);
    return matchesOf(
      name,
      rows.map((row) => this.#person(row)),
    );
  }

  async findByEmail(email: string): Promise<string | undefined> {
    const row = this.file.database
      .prepare('SELECT id FROM person WHERE email_hash = ?')
      .get(this.#emailHash(email));
    return row === undefined ? undefined : String(row['id']);
  }

  async all(): Promise<readonly Person[]> {
    return this.file.database
      .prepare(`${peopleWithKeys} ORDER BY p.id`)
      .all()
      .map((row) => this.#person(row));
  }

  async notesAbout(id: string): Promise<readonly NoteAbout[]> {
    return this.file.database
      .prepare(
        `SELECT n.id, n.sealed, n.written, k.sealed AS key FROM note_about a JOIN note n ON n.id = a.note
         JOIN subject_key k ON k.id = n.subject_key WHERE a.person = ? ORDER BY n.id`,
      )
      .all(id)
      .map((row) => ({
        id: String(row['id']),
        text: openNote(this.file.key(row['key']), bytesOf(row['sealed'])).text,
        written: String(row['written']),
      }));
  }

  async forget(id: string, field: PersonField): Promise<void> {
    const { database } = this.file;
    database.transaction(() => {
      this.#keyOf(id);
      if (field === 'email')
        database.prepare('UPDATE person SET email = NULL, email_hash = NULL WHERE id = ?').run(id);
      else {
        database.prepare('UPDATE person SET name = NULL WHERE id = ?').run(id);
        this.#index(id, null);
      }
    });
    this.file.shred();
  }

  async forgetNote(id: string): Promise<void> {
    this.file.database.transaction(() => this.#destroyNote(id));
    this.file.shred();
  }

  /** A note's text, and its key where no one else has it. */
  #destroyNote(id: string): void {
    const { database } = this.file;
    const row = database.prepare('SELECT subject_key FROM note WHERE id = ?').get(id);
    if (row === undefined) return;
    const key = Number(row['subject_key']);
    database.prepare('DELETE FROM note WHERE id = ?').run(id);
    database
      .prepare(
        `DELETE FROM subject_key WHERE id = ? AND NOT EXISTS (SELECT 1 FROM person WHERE subject_key = ?)
         AND NOT EXISTS (SELECT 1 FROM note WHERE subject_key = ?)`,
      )
      .run(key, key, key);
  }

  async notesWrittenBefore(instant: string): Promise<readonly string[]> {
    return this.file.database
      .prepare(
        `SELECT id FROM note n WHERE written < ? AND written <> '' AND NOT EXISTS (
           SELECT 1 FROM note_about a JOIN person p ON p.id = a.person WHERE a.note = n.id AND p.hold IS NOT NULL
         ) ORDER BY id`,
      )
      .all(instant)
      .map((row) => String(row['id']));
  }

  async hold(id: string, reason: string | null): Promise<void> {
    const { database } = this.file;
    database.transaction(() => {
      const key = this.#keyOf(id);
      database
        .prepare('UPDATE person SET hold = ? WHERE id = ?')
        .run(reason === null ? null : sealed(key, reason), id);
    });
  }

  async erase(id: string): Promise<void> {
    const { database } = this.file;
    database.transaction(() => {
      const row = this.#row(id);
      if (row !== undefined && row['hold'] !== null) throw new HeldError(id);
      const notes = database.prepare('SELECT note FROM note_about WHERE person = ?').all(id);
      for (const { note } of notes) this.#destroyNote(String(note));
      if (row !== undefined) {
        database.prepare('DELETE FROM person WHERE id = ?').run(id);
        database.prepare('DELETE FROM subject_key WHERE id = ?').run(Number(row['subject_key']));
      }
      database.prepare('INSERT OR IGNORE INTO erased VALUES (?)').run(id);
    });
    this.file.shred();
  }
}

function sealed(key: Uint8Array, text: string): Uint8Array {
  return seal(key, Buffer.from(text, 'utf8'));
}
