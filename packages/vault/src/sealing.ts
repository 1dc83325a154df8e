import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

/** AES-256-GCM: nonce of 12 bytes, tag of 16, then the ciphertext. */
export function seal(key: Uint8Array, plain: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]);
}

/** Opens what `seal` made. @throws where it was altered or the key is another */
export function unseal(key: Uint8Array, sealed: Uint8Array): Buffer {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]);
}

/** The secret bytes before a text, so that its hash cannot be tried against guesses. */
const saltBytes = 32;

export function newSalt(): Buffer {
  return randomBytes(saltBytes);
}

/** **Rule**: SHA-256 over 32 secret random bytes and the text (design section 4). */
export function noteHash(salt: Uint8Array, text: string): string {
  return createHash('sha256').update(salt).update(text, 'utf8').digest('hex');
}

/** Seals the text of a note behind a new salt; beside it the hash that a reference names it by. */
export function sealNote(
  key: Uint8Array,
  text: string,
): { readonly sealed: Buffer; readonly sha256: string } {
  const salt = newSalt();
  return {
    sealed: seal(key, Buffer.concat([salt, Buffer.from(text, 'utf8')])),
    sha256: noteHash(salt, text),
  };
}

/** Opens what `sealNote` made, with the hash of what it is now. @throws where it was altered or the key is another */
export function openNote(
  key: Uint8Array,
  sealed: Uint8Array,
): { readonly text: string; readonly sha256: string } {
  const plain = unseal(key, sealed);
  const text = plain.subarray(saltBytes).toString('utf8');
  return { text, sha256: noteHash(plain.subarray(0, saltBytes), text) };
}

export function keyedHash(secret: Uint8Array, text: string): string {
  return createHmac('sha256', secret).update(text, 'utf8').digest('hex');
}
