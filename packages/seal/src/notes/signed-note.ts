import { concat, fromBase64, textOf, toBase64, toHex, utf8 } from '../bytes';
import type { SealCrypto } from '../crypto';
import { isKeyName, type VerifierKey } from './keys';

/** A signature as it stands in a note: under whose name, by which key, and its bytes. */
export interface NoteSignature {
  readonly name: string;
  readonly id: string;
  readonly signature: Uint8Array;
}

/** A text with signatures (C2SP signed note). What it says is believed only after `signersOf`. */
export interface SignedNote {
  /** Ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

/** Bytes that are no signed note. */
export class InvalidNoteError extends Error {
  readonly code = 'INVALID_NOTE';
  constructor(problem: string) {
    super(`This is no signed checkpoint: ${problem}.`);
    this.name = 'InvalidNoteError';
  }
}

/** What signs: a key, and how. */
export interface NoteSigner {
  readonly key: VerifierKey;
  /** Signs bytes with the private key. */
  sign(message: Uint8Array): Uint8Array;
}

const mostSignatures = 64;
const mostCharacters = 1_000_000;
const hasControls = /[^\P{Cc}\n]/u;

function signatureOf(line: string): NoteSignature {
  const [, name = '', coded = ''] = /^— (\S+) (\S+)$/.exec(line) ?? [];
  const bytes = fromBase64(coded);
  if (!isKeyName(name) || bytes === undefined || bytes.length < 5)
    throw new InvalidNoteError('a line after its text is no signature');
  return { name, id: toHex(bytes.subarray(0, 4)), signature: bytes.subarray(4) };
}

/** Reads a note; whether its signatures hold is another question. @throws InvalidNoteError */
export function parseNote(bytes: Uint8Array | string): SignedNote {
  const whole = typeof bytes === 'string' ? bytes : textOf(bytes);
  if (whole === undefined) throw new InvalidNoteError('it is no UTF-8');
  if (whole.length > mostCharacters) throw new InvalidNoteError('it is too long');
  if (hasControls.test(whole)) throw new InvalidNoteError('it holds control characters');
  const split = whole.lastIndexOf('\n\n');
  if (split === -1 || !whole.endsWith('\n')) throw new InvalidNoteError('its signatures are missing');
  const lines = whole.slice(split + 2, -1).split('\n');
  if (lines.length > mostSignatures) throw new InvalidNoteError('it has too many signatures');
  return { text: whole.slice(0, split + 1), signatures: lines.map(signatureOf) };
}

/** Signs a text, which ends in a newline, with every key given. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map((signer) => {
    const { key } = signer;
    const id = Uint8Array.from(key.id.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
    return `— ${key.name} ${toBase64(concat(id, signer.sign(utf8(text))))}\n`;
  });
  return `${text}\n${lines.join('')}`;
}

/** Which of the keys have signed, and which are named by a signature that is not theirs. Unknown signatures are passed over. */
export function signersOf(
  crypto: SealCrypto,
  { text, signatures }: SignedNote,
  keys: readonly VerifierKey[],
): { readonly good: readonly VerifierKey[]; readonly bad: readonly VerifierKey[] } {
  const message = utf8(text);
  const [good, bad]: [VerifierKey[], VerifierKey[]] = [[], []];
  for (const key of keys)
    for (const { name, id, signature } of signatures)
      if (name === key.name && id === key.id)
        (crypto.verifyEd25519(key.publicKey, message, signature) ? good : bad).push(key);
  return { good, bad };
}
