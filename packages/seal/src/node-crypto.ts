import { createPublicKey, hash, verify } from 'node:crypto';
import type { SealCrypto } from './crypto';

/** What stands before the 32 bytes of an Ed25519 key where it is written as SubjectPublicKeyInfo (RFC 8410). */
const spkiPrefix = Uint8Array.of(0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00);

/** The primitives by Node's own library. */
export const nodeCrypto: SealCrypto = {
  // As text of one character a byte: Node makes a buffer of its own for every hash otherwise, which takes longer than hashing a node.
  sha256: (data) => Buffer.from(hash('sha256', data, 'binary'), 'latin1'),
  verifyEd25519: (publicKey, message, signature) => {
    const der = Buffer.concat([spkiPrefix, publicKey]);
    return verify(null, message, createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
  },
};
