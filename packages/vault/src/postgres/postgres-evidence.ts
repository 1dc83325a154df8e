import { newId } from '@ledger/events';
import { bytesOf } from '../master-key';
import type { Evidence, EvidenceState, KeptEvidence, OpenedEvidence } from '../evidence/evidence';
import { sortOfFile } from '../evidence/file-sort';
import { hashOf, openFile, sealFile } from '../evidence/sealed-file';
import type { VaultDatabase } from './vault-database';

/** Evidence in the vault's PostgreSQL database. */
export class PostgresEvidence implements Evidence {
  constructor(
    readonly vault: VaultDatabase,
    readonly now: () => number,
  ) {}

  async put(file: { readonly bytes: Uint8Array; readonly name: string }): Promise<KeptEvidence> {
    const mediaType = sortOfFile(file);
    const keyed = this.vault.keyedFile(file.bytes);
    // An equal file that two services are given at once is kept once.
    return this.vault.once(`evidence/${keyed}`, async (transaction) => {
      const [known] = await transaction.rows(
        'SELECT id, sha256, bytes, media_type FROM evidence WHERE keyed = $1',
        [keyed],
      );
      if (known !== undefined)
        return {
          id: String(known[0]),
          sha256: String(known[1]),
          bytes: Number(known[2]),
          mediaType: String(known[3]),
        };
      const { id: keyId, key } = await this.vault.newKey(transaction);
      const { sealed, sha256 } = sealFile(key, file);
      const kept = { id: newId(), sha256, bytes: file.bytes.length, mediaType };
      await transaction.change(
        `INSERT INTO evidence (id, keyed, subject_key, sha256, sealed, media_type, bytes, added)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [kept.id, keyed, keyId, sha256, sealed, mediaType, kept.bytes, new Date(this.now()).toISOString()],
      );
      return kept;
    });
  }

  async check({ id, sha256 }: { readonly id: string; readonly sha256: string }): Promise<EvidenceState> {
    const [row] = await this.vault.database.rows('SELECT sealed FROM evidence WHERE id = $1', [id]);
    if (row === undefined) return 'missing';
    return hashOf(bytesOf(row[0])) === sha256 ? 'kept' : 'altered';
  }

  async open(reference: {
    readonly id: string;
    readonly sha256: string;
  }): Promise<OpenedEvidence | Exclude<EvidenceState, 'kept'>> {
    const [row] = await this.vault.database.rows(
      `SELECT e.sealed, e.media_type, k.sealed FROM evidence e JOIN subject_key k ON k.id = e.subject_key
       WHERE e.id = $1`,
      [reference.id],
    );
    if (row === undefined) return 'missing';
    const sealed = bytesOf(row[0]);
    if (hashOf(sealed) !== reference.sha256) return 'altered';
    const { name, bytes } = openFile(this.vault.key(row[2]), sealed);
    return { name, bytes, mediaType: String(row[1]) };
  }
}
