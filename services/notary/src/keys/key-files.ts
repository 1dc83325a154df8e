import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatKey, newPrivateKey, signerOf, type NoteSigner } from '@ledger/seal';

/** The private key: never in a database, the log or a backup. */
const privateFile = 'seal.key';
/** The public key, to be handed to whoever verifies. */
const publicKeyFile = 'seal.pub';

/** Writes a file whole or not at all. */
function replaceFile(file: string, text: string, mode: number): void {
  const beside = `${file}.new`;
  writeFileSync(beside, text, { mode, flush: true });
  // The mode counts for new files only.
  chmodSync(beside, mode);
  renameSync(beside, file);
}

/** Reads the key of a folder, or undefined where there is none. @throws InvalidPrivateKeyError */
export function readSigner(folder: string, origin: string): NoteSigner | undefined {
  const file = join(folder, privateFile);
  return existsSync(file) ? signerOf(origin, readFileSync(file, 'utf8')) : undefined;
}

/** Makes a key and puts it in the place of the one there is, if any; only the operator's own user can read it. */
export function makeSigner(folder: string, origin: string): NoteSigner {
  const pem = newPrivateKey();
  const signer = signerOf(origin, pem);
  replaceFile(join(folder, privateFile), pem, 0o600);
  writePublicKey(folder, signer);
  return signer;
}

/** Writes the public key beside the private one, to be handed out. */
export function writePublicKey(folder: string, { key }: NoteSigner): void {
  const file = join(folder, publicKeyFile);
  const text = `${formatKey(key)}\n`;
  if (!existsSync(file) || readFileSync(file, 'utf8') !== text) replaceFile(file, text, 0o644);
}
