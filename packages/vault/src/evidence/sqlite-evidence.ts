import { newId } from '@ledger/events';
import { bytesOf } from '../master-key';
import type { VaultFile } from '../sqlite/vault-file';
import type { Evidence, EvidenceState, KeptEvidence, OpenedEvidence } from './evidence';
import { sortOfFile } from './file-sort';
import { hashOf, openFile, sealFile } from './sealed-file';

/** Evidence in the file of a vault. */
export class SqliteEvidence implements Evidence {
  readonly #file: VaultFile;

  constructor(
    file: VaultFile,
    readonly now: () => number,
  ) {
    this.#file = file;
  }

  async put(file: { readonly bytes: Uint8Array; readonly name: string }): Promise<KeptEvidence> {
    const mediaType = sortOfFile(file);
    const { database } = this.#file;
    const keyed = this.#file.keyedFile(file.bytes);
    return database.transaction(() => {
      const known = database
        .prepare('SELECT id, sha256, media_type, bytes FROM evidence WHERE keyed = ?')
        .get(keyed);
      if (known !== undefined)
        return {
          id: String(known['id']),
          sha256: String(known['sha256']),
          bytes: Number(known['bytes']),
          mediaType: String(known['media_type']),
        };
      const { id: keyId, key } = this.#file.newKey();
      const { sealed, sha256 } = sealFile(key, file);
      const kept = { id: newId(), sha256, bytes: file.bytes.length, mediaType };
      database
        .prepare(
          'INSERT INTO evidence (id, keyed, subject_key, sha256, sealed, media_type, bytes, added) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
        )
        .run(
          kept.id,
          keyed,
          keyId,
          sha256,
          sealed,
          mediaType,
          kept.bytes,
          new Date(this.now()).toISOString(),
        );
      return kept;
    });
  }

  async check({ id, sha256 }: { readonly id: string; readonly sha256: string }): Promise<EvidenceState> {
    const sealed = this.#file.database.prepare('SELECT sealed FROM evidence WHERE id = ?').get(id)?.[
      'sealed'
    ];
    if (sealed === undefined) return 'missing';
    return hashOf(bytesOf(sealed)) === sha256 ? 'kept' : 'altered';
  }

  async open(reference: {
    readonly id: string;
    readonly sha256: string;
  }): Promise<OpenedEvidence | Exclude<EvidenceState, 'kept'>> {
    const state = await this.check(reference);
    if (state !== 'kept') return state;
    const row = this.#file.database
      .prepare(
        'SELECT e.sealed AS file, e.media_type, k.sealed AS key FROM evidence e JOIN subject_key k ON k.id = e.subject_key WHERE e.id = ?',
      )
      .get(reference.id);
    if (row === undefined) return 'missing';
    const { name, bytes } = openFile(this.#file.key(row['key']), bytesOf(row['file']));
    return { name, bytes, mediaType: String(row['media_type']) };
  }
}
