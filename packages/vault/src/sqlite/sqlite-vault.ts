import { newId, type NoteRef } from '@ledger/events';
import { bytesOf } from '../master-key';
import type { Evidence } from '../evidence/evidence';
import { SqliteEvidence } from '../evidence/sqlite-evidence';
import { NoteAlteredError, type People, type Vault } from '../port';
import { openNote, sealNote } from '../sealing';
import { SqlitePeople } from './sqlite-people';
import { VaultFile } from './vault-file';

/** The vault in one SQLite file, with its key in another beside it. */
export class SqliteVault implements Vault {
  readonly #file: VaultFile;
  readonly people: People;
  readonly evidence: Evidence;

  private constructor(
    file: VaultFile,
    readonly now: () => number,
  ) {
    this.#file = file;
    this.people = new SqlitePeople(file, now);
    this.evidence = new SqliteEvidence(file, now);
  }

  /**
   * Opens a vault, making it where it is missing.
   * @param options.secret the published secret of a demonstration ledger; left out, the vault has one of its own
   */
  static open(
    file: string,
    options: { readonly secret?: Uint8Array; readonly now?: () => number } = {},
  ): SqliteVault {
    return new SqliteVault(VaultFile.open(file, options.secret), options.now ?? Date.now);
  }

  keyed(text: string): string {
    return this.#file.keyed(text);
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
    const { database } = this.#file;
    return database.transaction(() => {
      const known = database.prepare('SELECT id, sha256 FROM note WHERE command_key = ?').get(commandKey);
      if (known !== undefined) return { vault: String(known['id']), sha256: String(known['sha256']) };
      const { id: keyId, key } = this.#keyFor(about);
      const { sealed, sha256 } = sealNote(key, text);
      const reference = { vault: newId(), sha256 };
      database
        .prepare(
          'INSERT INTO note (id, command_key, subject_key, sha256, sealed, written) VALUES (?, ?, ?, ?, ?, ?)',
        )
        .run(
          reference.vault,
          commandKey,
          keyId,
          reference.sha256,
          sealed,
          new Date(this.now()).toISOString(),
        );
      const link = database.prepare('INSERT OR IGNORE INTO note_about VALUES (?, ?)');
      for (const person of about) link.run(person, reference.vault);
      return reference;
    });
  }

  /** A note about one person is under that person's key; about nobody, or several, under a key of its own. */
  #keyFor(about: readonly string[]): { readonly id: number; readonly key: Uint8Array } {
    const [only, ...others] = about;
    const row =
      only === undefined || others.length > 0
        ? undefined
        : this.#file.database
            .prepare(
              'SELECT k.id, k.sealed FROM person p JOIN subject_key k ON k.id = p.subject_key WHERE p.id = ?',
            )
            .get(only);
    return row === undefined
      ? this.#file.newKey()
      : { id: Number(row['id']), key: this.#file.key(row['sealed']) };
  }

  async readNote({ vault, sha256 }: NoteRef): Promise<string | undefined> {
    const row = this.#file.database
      .prepare(
        'SELECT n.sealed AS note, k.sealed AS key FROM note n JOIN subject_key k ON k.id = n.subject_key WHERE n.id = ?',
      )
      .get(vault);
    if (row === undefined) return undefined;
    const opened = openNote(this.#file.key(row['key']), bytesOf(row['note']));
    if (opened.sha256 !== sha256) throw new NoteAlteredError(vault);
    return opened.text;
  }

  async close(): Promise<void> {
    this.#file.close();
  }
}
