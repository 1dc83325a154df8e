import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { newId, type NoteRef } from '@ledger/events';
import { migrate, openDatabase, type Database, type Migration } from '@ledger/sqlite';
import { NoteAlteredError, type Vault } from '../port';
import { keyedHash, newSalt, noteHash, saltBytes, seal, unseal } from '../sealing';

const schema: readonly Migration[] = [
  {
    version: 1,
    up: (database) =>
      database.exec(`
        CREATE TABLE secret (name TEXT PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
        -- One key a subject; a note about nobody in particular has a key of its own. Erasing destroys the key.
        CREATE TABLE subject_key (id INTEGER PRIMARY KEY, sealed BLOB NOT NULL);
        CREATE TABLE note (
          id TEXT PRIMARY KEY, command_key TEXT NOT NULL UNIQUE, subject_key INTEGER NOT NULL REFERENCES subject_key (id),
          sha256 TEXT NOT NULL, sealed BLOB NOT NULL
        ) WITHOUT ROWID;
      `),
  },
];

/** The key that everything in the vault is sealed with; in a file of its own, so that the vault alone opens nothing. */
function masterKey(file: string): Buffer {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flag: 'wx' });
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'hex');
  if (key.length !== 32)
    throw new Error(
      `${file} is no key of a vault: it must hold 64 hexadecimal digits. Restore it from a backup.`,
    );
  return key;
}

function bytesOf(value: unknown): Uint8Array {
  if (!ArrayBuffer.isView(value)) throw new TypeError('A row of the vault holds no bytes');
  return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
}

/** The vault in one SQLite file, with its key in another beside it. */
export class SqliteVault implements Vault {
  readonly #database: Database;
  readonly #master: Buffer;
  readonly #secret: Uint8Array;

  private constructor(database: Database, master: Buffer, givenSecret: Uint8Array | undefined) {
    this.#database = database;
    this.#master = master;
    this.#secret = givenSecret ?? this.#ownSecret();
  }

  /**
   * Opens a vault, making it where it is missing.
   * @param options.secret the published secret of a demonstration ledger; left out, the vault has one of its own
   */
  static open(file: string, options: { readonly secret?: Uint8Array } = {}): SqliteVault {
    const database = openDatabase(file, { synchronous: 'FULL' });
    try {
      migrate(database, schema);
      return new SqliteVault(database, masterKey(`${file}.key`), options.secret);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #ownSecret(): Uint8Array {
    const row = this.#database.prepare("SELECT sealed FROM secret WHERE name = 'ledger'").get();
    if (row !== undefined) return unseal(this.#master, bytesOf(row['sealed']));
    const secret = randomBytes(32);
    this.#database.prepare("INSERT INTO secret VALUES ('ledger', ?)").run(seal(this.#master, secret));
    return secret;
  }

  keyed(text: string): string {
    return keyedHash(this.#secret, text);
  }

  async putNote({
    commandKey,
    text,
  }: {
    readonly commandKey: string;
    readonly text: string;
  }): Promise<NoteRef> {
    return this.#database.transaction(() => {
      const known = this.#database
        .prepare('SELECT id, sha256 FROM note WHERE command_key = ?')
        .get(commandKey);
      if (known !== undefined) return { vault: String(known['id']), sha256: String(known['sha256']) };
      const key = randomBytes(32);
      const salt = newSalt();
      const reference = { vault: newId(), sha256: noteHash(salt, text) };
      const { lastInsertRowid } = this.#database
        .prepare('INSERT INTO subject_key (sealed) VALUES (?)')
        .run(seal(this.#master, key));
      this.#database
        .prepare('INSERT INTO note VALUES (?, ?, ?, ?, ?)')
        .run(
          reference.vault,
          commandKey,
          lastInsertRowid,
          reference.sha256,
          seal(key, Buffer.concat([salt, Buffer.from(text, 'utf8')])),
        );
      return reference;
    });
  }

  async readNote({ vault, sha256 }: NoteRef): Promise<string | undefined> {
    const row = this.#database
      .prepare(
        'SELECT n.sealed AS note, k.sealed AS key FROM note n JOIN subject_key k ON k.id = n.subject_key WHERE n.id = ?',
      )
      .get(vault);
    if (row === undefined) return undefined;
    const plain = unseal(unseal(this.#master, bytesOf(row['key'])), bytesOf(row['note']));
    const text = plain.subarray(saltBytes).toString('utf8');
    if (noteHash(plain.subarray(0, saltBytes), text) !== sha256) throw new NoteAlteredError(vault);
    return text;
  }

  async close(): Promise<void> {
    this.#database.close();
  }
}
