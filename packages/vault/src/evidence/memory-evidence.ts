import { randomBytes } from 'node:crypto';
import { newId } from '@ledger/events';
import type { Evidence, EvidenceState, KeptEvidence, OpenedEvidence } from './evidence';
import { sortOfFile } from './file-sort';
import { hashOf, keyedHashOfFile, openFile, sealFile } from './sealed-file';

/** Evidence in memory, for tests and dry runs. */
export class MemoryEvidence implements Evidence {
  readonly #key = randomBytes(32);
  readonly #kept = new Map<string, KeptEvidence & { readonly sealed: Uint8Array }>();
  readonly #byHash = new Map<string, KeptEvidence>();

  constructor(readonly secret: Uint8Array) {}

  async put(file: { readonly bytes: Uint8Array; readonly name: string }): Promise<KeptEvidence> {
    const mediaType = sortOfFile(file);
    const keyed = keyedHashOfFile(this.secret, file.bytes);
    const known = this.#byHash.get(keyed);
    if (known !== undefined) return known;
    const { sealed, sha256 } = sealFile(this.#key, file);
    const kept = { id: newId(), sha256, bytes: file.bytes.length, mediaType };
    this.#kept.set(kept.id, { ...kept, sealed });
    this.#byHash.set(keyed, kept);
    return kept;
  }

  async check({ id, sha256 }: { readonly id: string; readonly sha256: string }): Promise<EvidenceState> {
    const kept = this.#kept.get(id);
    if (kept === undefined) return 'missing';
    return hashOf(kept.sealed) === sha256 ? 'kept' : 'altered';
  }

  async open(reference: {
    readonly id: string;
    readonly sha256: string;
  }): Promise<OpenedEvidence | Exclude<EvidenceState, 'kept'>> {
    const state = await this.check(reference);
    const kept = this.#kept.get(reference.id);
    if (state !== 'kept') return state;
    if (kept === undefined) return 'missing';
    return { ...openFile(this.#key, kept.sealed), mediaType: kept.mediaType };
  }
}
