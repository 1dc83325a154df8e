import { randomBytes } from 'node:crypto';
import { migrate, openDatabase, type Database } from '@ledger/sqlite';
import { bytesOf, masterKey } from '../master-key';
import { keyedHashOfFile } from '../evidence/sealed-file';
import { keyedHash, seal, unseal } from '../sealing';
import { vaultSchema } from './schema';

/** The file of a vault with its master key: what notes and people are kept with. */
export class VaultFile {
  readonly #master: Buffer;
  readonly #secret: Uint8Array;

  private constructor(
    readonly database: Database,
    master: Buffer,
    givenSecret: Uint8Array | undefined,
  ) {
    this.#master = master;
    this.#secret = givenSecret ?? this.#ownSecret();
  }

  static open(file: string, secret: Uint8Array | undefined): VaultFile {
    const database = openDatabase(file, { synchronous: 'FULL', soleWriter: true });
    try {
      migrate(database, vaultSchema);
      // What is deleted is overwritten, so that a destroyed key is in no free page.
      database.exec('PRAGMA secure_delete = ON');
      return new VaultFile(database, masterKey(`${file}.key`), secret);
    } catch (error) {
      database.close();
      throw error;
    }
  }

  #ownSecret(): Uint8Array {
    const row = this.database.prepare("SELECT sealed FROM secret WHERE name = 'ledger'").get();
    if (row !== undefined) return unseal(this.#master, bytesOf(row['sealed']));
    const secret = randomBytes(32);
    this.database.prepare("INSERT INTO secret VALUES ('ledger', ?)").run(seal(this.#master, secret));
    return secret;
  }

  keyed(text: string): string {
    return keyedHash(this.#secret, text);
  }

  /** The keyed hash of a file. */
  keyedFile(bytes: Uint8Array): string {
    return keyedHashOfFile(this.#secret, bytes);
  }

  /** Makes a key of a subject; within a transaction. */
  newKey(): { readonly id: number; readonly key: Uint8Array } {
    const key = randomBytes(32);
    const { lastInsertRowid } = this.database
      .prepare('INSERT INTO subject_key (sealed) VALUES (?)')
      .run(seal(this.#master, key));
    return { id: lastInsertRowid, key };
  }

  /** The key of a subject. */
  key(sealed: unknown): Uint8Array {
    return unseal(this.#master, bytesOf(sealed));
  }

  /** After something was destroyed: nothing of it stays behind in the write-ahead log. */
  shred(): void {
    this.database.value('PRAGMA wal_checkpoint(TRUNCATE)');
  }

  close(): void {
    this.database.close();
  }
}
