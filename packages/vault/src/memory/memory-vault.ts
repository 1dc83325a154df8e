import { newId, type NoteRef } from '@ledger/events';
import { demonstrationSecret, type Vault } from '../port';
import { keyedHash, newSalt, noteHash } from '../sealing';

/** A vault in memory, for tests and dry runs. */
export class MemoryVault implements Vault {
  readonly #notes = new Map<string, string>();
  readonly #byCommand = new Map<string, NoteRef>();

  constructor(readonly secret: Uint8Array = demonstrationSecret) {}

  keyed(text: string): string {
    return keyedHash(this.secret, text);
  }

  async putNote({
    commandKey,
    text,
  }: {
    readonly commandKey: string;
    readonly text: string;
  }): Promise<NoteRef> {
    const known = this.#byCommand.get(commandKey);
    if (known !== undefined) return known;
    const reference = { vault: newId(), sha256: noteHash(newSalt(), text) };
    this.#notes.set(reference.vault, text);
    this.#byCommand.set(commandKey, reference);
    return reference;
  }

  async readNote({ vault }: NoteRef): Promise<string | undefined> {
    return this.#notes.get(vault);
  }

  async close(): Promise<void> {}
}
