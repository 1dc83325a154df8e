import { randomBytes } from 'node:crypto';
import { migratePostgres, PostgresDatabase, type Queryable } from '@ledger/postgres';
import { bytesOf, masterKey, WrongVaultKeyError } from '../master-key';
import { keyedHashOfFile } from '../evidence/sealed-file';
import { keyedHash, seal, unseal } from '../sealing';
import { vaultTables } from './schema';

/** The database of a vault with its master key: what notes and people are kept with. */
export class VaultDatabase {
  readonly #master: Buffer;
  readonly #secret: Uint8Array;

  private constructor(
    readonly database: PostgresDatabase,
    master: Buffer,
    secret: Uint8Array,
  ) {
    this.#master = master;
    this.#secret = secret;
  }

  static async open(
    address: string,
    { schema, keyFile, secret }: { schema: string; keyFile: string; secret: Uint8Array | undefined },
  ): Promise<VaultDatabase> {
    const database = await PostgresDatabase.open(address, { schema, durable: 'FULL' });
    try {
      await migratePostgres(database, vaultTables);
      const master = masterKey(keyFile);
      return new VaultDatabase(database, master, secret ?? (await ownSecret(database, master)));
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  keyed(text: string): string {
    return keyedHash(this.#secret, text);
  }

  /** The keyed hash of a file. */
  keyedFile(bytes: Uint8Array): string {
    return keyedHashOfFile(this.#secret, bytes);
  }

  /** Makes a key of a subject. */
  async newKey(transaction: Queryable): Promise<{ readonly id: string; readonly key: Uint8Array }> {
    const key = randomBytes(32);
    const [row] = await transaction.rows('INSERT INTO subject_key (sealed) VALUES ($1) RETURNING id', [
      seal(this.#master, key),
    ]);
    return { id: String(row?.[0]), key };
  }

  /** The key of a subject. */
  key(sealed: unknown): Uint8Array {
    return unseal(this.#master, bytesOf(sealed));
  }

  /**
   * Runs what one command key does, for as long as it takes alone: the same command sent to two services at once is
   * carried out once.
   */
  async once<T>(commandKey: string, work: (transaction: Queryable) => Promise<T>): Promise<T> {
    return this.database.transaction(async (transaction) => {
      await transaction.rows('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [commandKey]);
      return work(transaction);
    });
  }

  /** After something was destroyed: nothing of it stays behind as a row that is only marked as gone. */
  async shred(): Promise<void> {
    await this.database.change('VACUUM subject_key, note, person, person_lookup');
  }

  async close(): Promise<void> {
    await this.database.close();
  }
}

async function ownSecret(database: PostgresDatabase, master: Buffer): Promise<Uint8Array> {
  // Of several services that open a new vault at once, one gives the secret.
  await database.change("INSERT INTO secret VALUES ('ledger', $1) ON CONFLICT DO NOTHING", [
    seal(master, randomBytes(32)),
  ]);
  const [row] = await database.rows("SELECT sealed FROM secret WHERE name = 'ledger'");
  try {
    return unseal(master, bytesOf(row?.[0]));
  } catch (error) {
    throw new WrongVaultKeyError({ cause: error });
  }
}
