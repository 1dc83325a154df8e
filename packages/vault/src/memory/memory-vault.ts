import { newId, type NoteRef } from '@ledger/events';
import type { Evidence } from '../evidence/evidence';
import { MemoryEvidence } from '../evidence/memory-evidence';
import { demonstrationSecret, type People, type Vault } from '../port';
import { keyedHash, newSalt, noteHash } from '../sealing';
import { MemoryPeople } from './memory-people';

/** A vault in memory, for tests and dry runs. */
export class MemoryVault implements Vault {
  readonly #notes = new Map<string, { text: string; about: readonly string[]; written: string }>();
  readonly #byCommand = new Map<string, NoteRef>();
  readonly people: People;
  readonly evidence: Evidence;

  constructor(
    readonly secret: Uint8Array = demonstrationSecret,
    readonly now: () => number = Date.now,
  ) {
    this.people = new MemoryPeople(this.#notes, now);
    this.evidence = new MemoryEvidence(secret);
  }

  keyed(text: string): string {
    return keyedHash(this.secret, text);
  }

  async putNote({
    commandKey,
    text,
    about = [],
  }: {
    readonly commandKey: string;
    readonly text: string;
    readonly about?: readonly string[];
  }): Promise<NoteRef> {
    const known = this.#byCommand.get(commandKey);
    if (known !== undefined) return known;
    const reference = { vault: newId(), sha256: noteHash(newSalt(), text) };
    this.#notes.set(reference.vault, { text, about, written: new Date(this.now()).toISOString() });
    this.#byCommand.set(commandKey, reference);
    return reference;
  }

  async readNote({ vault }: NoteRef): Promise<string | undefined> {
    return this.#notes.get(vault)?.text;
  }

  async close(): Promise<void> {}
}
