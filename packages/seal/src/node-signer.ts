import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { nodeCrypto } from './node-crypto';
import { verifierKey } from './notes/keys';
import type { NoteSigner } from './notes/signed-note';

/** A file that holds no private key for sealing. */
export class InvalidPrivateKeyError extends Error {
  readonly code = 'INVALID_PRIVATE_KEY';
  constructor() {
    super('The file of the sealing key holds no Ed25519 private key; put the right file in its place.');
    this.name = 'InvalidPrivateKeyError';
  }
}

/** A new private key, as PEM. Who has it can seal in the ledger's name. */
export function newPrivateKey(): string {
  const { privateKey } = generateKeyPairSync('ed25519');
  return privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
}

/** What signs under a name with a private key (PEM). @throws InvalidPrivateKeyError, InvalidKeyError */
export function signerOf(name: string, pem: string): NoteSigner {
  let key: KeyObject;
  try {
    key = createPrivateKey(pem);
  } catch {
    throw new InvalidPrivateKeyError();
  }
  if (key.asymmetricKeyType !== 'ed25519') throw new InvalidPrivateKeyError();
  // The last 32 bytes of the SubjectPublicKeyInfo of an Ed25519 key are the key.
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    key: verifierKey(nodeCrypto, name, new Uint8Array(spki.subarray(-32))),
    sign: (message) => sign(null, message, key),
  };
}
