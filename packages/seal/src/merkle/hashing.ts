import type { SealCrypto } from '../crypto';

/** Bytes of a SHA-256 hash. */
export const hashLength = 32;

/** The hashes of an RFC 6962 tree: a leaf can never be taken for a node, because each is hashed with a mark of its own. */
export class TreeHashing {
  readonly #crypto: Pick<SealCrypto, 'sha256'>;
  /** Reused for every hash: most bodies are short, and a million arrays cost more than the hashing. */
  #scratch = new Uint8Array(16 * 1024);
  readonly #node = new Uint8Array(1 + 2 * hashLength).fill(1, 0, 1);

  constructor(crypto: Pick<SealCrypto, 'sha256'>) {
    this.#crypto = crypto;
  }

  /** The root of a tree without leaves. */
  empty(): Uint8Array {
    return this.#crypto.sha256(new Uint8Array());
  }

  /** Hash of a leaf: of 0x00 and its bytes. */
  leaf(bytes: Uint8Array): Uint8Array {
    const length = bytes.length + 1;
    if (length > this.#scratch.length) this.#scratch = new Uint8Array(2 * length);
    const whole = this.#scratch.subarray(0, length);
    whole[0] = 0;
    whole.set(bytes, 1);
    return this.#crypto.sha256(whole);
  }

  /** Hash of a node: of 0x01 and the hashes of its children. */
  node(left: Uint8Array, right: Uint8Array): Uint8Array {
    this.#node.set(left, 1);
    this.#node.set(right, 1 + hashLength);
    return this.#crypto.sha256(this.#node);
  }
}
