import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import type { SealCrypto } from './crypto';

hashes.sha512 = sha512;

/**
 * The primitives where there is no Node. The browser's own are asynchronous, and a million short hashes would wait longer
 * for their turn than for their result.
 */
export const portableCrypto: SealCrypto = {
  sha256: (data) => sha256(data),
  verifyEd25519: (publicKey, message, signature) => {
    try {
      // As RFC 8032 has it, and Node: not the rules of ZIP 215, which take more.
      return verify(signature, message, publicKey, { zip215: false });
    } catch {
      // What is no signature or no key at all is refused by an error.
      return false;
    }
  },
};
