import { newId, type NoteRef } from '@ledger/events';
import type { Queryable } from '@ledger/postgres';
import type { Evidence } from '../evidence/evidence';
import { bytesOf } from '../master-key';
import { NoteAlteredError, type People, type Vault } from '../port';
import { openNote, sealNote } from '../sealing';
import { PostgresEvidence } from './postgres-evidence';
import { PostgresPeople } from './postgres-people';
import { VaultDatabase } from './vault-database';

export interface PostgresVaultOptions {
  /** The file of the key that everything is sealed with; made where it is missing. It belongs in no backup of the database. */
  readonly keyFile: string;
  /** The published secret of a demonstration ledger; left out, the vault has one of its own. */
  readonly secret?: Uint8Array;
  readonly now?: () => number;
  /** The schema that the vault is in. */
  readonly schema?: string;
}

/**
 * The vault in a PostgreSQL database, which should be its own: whoever may read figures need not be able to reach it.
 * Erased rows are vacuumed away; the server's write-ahead log and its backups hold them, sealed, until they expire.
 */
export class PostgresVault implements Vault {
  readonly #database: VaultDatabase;
  readonly people: People;
  readonly evidence: Evidence;

  private constructor(
    database: VaultDatabase,
    readonly now: () => number,
  ) {
    this.#database = database;
    this.people = new PostgresPeople(database, now);
    this.evidence = new PostgresEvidence(database, now);
  }

  /**
   * Opens a vault, making it where it is missing.
   * @throws WrongVaultKeyError, PostgresError, and what `PostgresDatabase.open` throws
   */
  static async open(
    address: string,
    { keyFile, secret, now = Date.now, schema = 'vault' }: PostgresVaultOptions,
  ): Promise<PostgresVault> {
    return new PostgresVault(await VaultDatabase.open(address, { schema, keyFile, secret }), now);
  }

  keyed(text: string): string {
    return this.#database.keyed(text);
  }

  async putNote({
    commandKey,
    text,
    about = [],
  }: {
    readonly commandKey: string;
    readonly text: string;
    readonly about?: readonly string[];
  }): Promise<NoteRef> {
    return this.#database.once(commandKey, async (transaction) => {
      const [known] = await transaction.rows('SELECT id, sha256 FROM note WHERE command_key = $1', [
        commandKey,
      ]);
      if (known !== undefined) return { vault: String(known[0]), sha256: String(known[1]) };
      const { id: keyId, key } = await this.#keyFor(transaction, about);
      const { sealed, sha256 } = sealNote(key, text);
      const reference = { vault: newId(), sha256 };
      await transaction.change(
        'INSERT INTO note (id, command_key, subject_key, sha256, sealed, written) VALUES ($1, $2, $3, $4, $5, $6)',
        [reference.vault, commandKey, keyId, reference.sha256, sealed, new Date(this.now()).toISOString()],
      );
      await transaction.change(
        'INSERT INTO note_about SELECT person, $2 FROM unnest($1::text[]) AS person ON CONFLICT DO NOTHING',
        [about, reference.vault],
      );
      return reference;
    });
  }

  /** A note about one person is under that person's key; about nobody, or several, under a key of its own. */
  async #keyFor(
    transaction: Queryable,
    about: readonly string[],
  ): Promise<{ readonly id: string; readonly key: Uint8Array }> {
    // Whoever is written about is not erased before the note is there to be erased too.
    const rows = await transaction.rows(
      `SELECT p.subject_key, k.sealed FROM person p JOIN subject_key k ON k.id = p.subject_key
       WHERE p.id = ANY ($1::text[]) ORDER BY p.id FOR SHARE OF p`,
      [about],
    );
    const [only] = rows;
    if (about.length !== 1 || only === undefined) return this.#database.newKey(transaction);
    return { id: String(only[0]), key: this.#database.key(only[1]) };
  }

  async readNote({ vault, sha256 }: NoteRef): Promise<string | undefined> {
    const [row] = await this.#database.database.rows(
      'SELECT n.sealed, k.sealed FROM note n JOIN subject_key k ON k.id = n.subject_key WHERE n.id = $1',
      [vault],
    );
    if (row === undefined) return undefined;
    const opened = openNote(this.#database.key(row[1]), bytesOf(row[0]));
    if (opened.sha256 !== sha256) throw new NoteAlteredError(vault);
    return opened.text;
  }

  async close(): Promise<void> {
    await this.#database.close();
  }
}
