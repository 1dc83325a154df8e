import { createHash, createHmac } from 'node:crypto';
import { seal, unseal } from '../sealing';

/** A file as it lies in a vault. */
export interface SealedFile {
  readonly sealed: Uint8Array;
  readonly sha256: string;
}

/** Encrypts a file with its name: four bytes of the name's length, the name, the file. */
export function sealFile(
  key: Uint8Array,
  { name, bytes }: { readonly name: string; readonly bytes: Uint8Array },
): SealedFile {
  const called = Buffer.from(name, 'utf8');
  const length = Buffer.alloc(4);
  length.writeUInt32BE(called.length);
  const sealed = seal(key, Buffer.concat([length, called, bytes]));
  return { sealed, sha256: hashOf(sealed) };
}

/** Opens what `sealFile` made. @throws where it was altered or the key is another */
export function openFile(
  key: Uint8Array,
  sealed: Uint8Array,
): { readonly name: string; readonly bytes: Buffer } {
  const plain = unseal(key, sealed);
  const end = 4 + plain.readUInt32BE(0);
  return { name: plain.subarray(4, end).toString('utf8'), bytes: plain.subarray(end) };
}

export function hashOf(sealed: Uint8Array): string {
  return createHash('sha256').update(sealed).digest('hex');
}

/** The keyed hash by which equal files are found: nobody without the secret can try files against it. */
export function keyedHashOfFile(secret: Uint8Array, bytes: Uint8Array): string {
  return createHmac('sha256', secret).update('evidence\0').update(bytes).digest('hex');
}
