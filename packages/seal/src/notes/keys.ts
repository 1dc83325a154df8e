import { concat, fromBase64, textOf, toBase64, toHex, utf8 } from '../bytes';
import type { SealCrypto } from '../crypto';

/** The sort of signature, as C2SP numbers them: Ed25519 over the text of the note. */
const ed25519 = 1;

/** A public key under a name: who is believed to have signed. */
export interface VerifierKey {
  readonly name: string;
  /** Four bytes, which tell keys of one name apart; not a proof of anything. */
  readonly id: string;
  /** 32 bytes (RFC 8032). */
  readonly publicKey: Uint8Array;
}

/** A text that is no key of the form `name+id+base64`. */
export class InvalidKeyError extends Error {
  readonly code = 'INVALID_KEY';
  constructor(problem: string) {
    super(
      `This is no public key of a ledger: ${problem}. Give the file seal.pub that the ledger's keeper handed out.`,
    );
    this.name = 'InvalidKeyError';
  }
}

/** Names are shown and compared as they are, so nothing in them may look like something else. */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\p{Z}\p{C}]/u.test(name);
}

/** The id of a key: the first four bytes of SHA-256 over name, newline, sort and public key; eight digits. */
function keyIdOf(crypto: Pick<SealCrypto, 'sha256'>, name: string, publicKey: Uint8Array): string {
  return toHex(crypto.sha256(concat(utf8(`${name}\n`), Uint8Array.of(ed25519), publicKey)).subarray(0, 4));
}

/** A key of a name. @throws InvalidKeyError */
export function verifierKey(
  crypto: Pick<SealCrypto, 'sha256'>,
  name: string,
  publicKey: Uint8Array,
): VerifierKey {
  if (!isKeyName(name)) throw new InvalidKeyError('its name is empty or holds spaces or a plus');
  if (publicKey.length !== 32) throw new InvalidKeyError('it does not have 32 bytes');
  return { name, id: keyIdOf(crypto, name, publicKey), publicKey };
}

/** A key as one line of text: `name+id+base64`, as note verifiers elsewhere read it too. */
export function formatKey({ name, id, publicKey }: VerifierKey): string {
  return `${name}+${id}+${toBase64(concat(Uint8Array.of(ed25519), publicKey))}`;
}

/** Reads a key. @throws InvalidKeyError saying what is wrong */
export function parseKey(crypto: Pick<SealCrypto, 'sha256'>, text: string | Uint8Array): VerifierKey {
  const line = (typeof text === 'string' ? text : (textOf(text) ?? '')).trim();
  const [name = '', id = '', ...coded] = line.split('+');
  const bytes = fromBase64(coded.join('+'));
  if (bytes === undefined || bytes.length === 0)
    throw new InvalidKeyError('it is not of the form name+id+base64');
  if (bytes[0] !== ed25519) throw new InvalidKeyError('it is not for Ed25519');
  const key = verifierKey(crypto, name, bytes.subarray(1));
  if (key.id !== id) throw new InvalidKeyError(`its id is ${key.id}, not ${id.slice(0, 20)}; it was altered`);
  return key;
}
