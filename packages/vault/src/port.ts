import type { NoteRef } from '@ledger/events';
import type { Evidence } from './evidence/evidence';
import type { Person, PersonDetails, PersonField, PersonMatch } from './people/person';

/**
 * What may be erased: people, texts about them, and the secret behind keyed hashes. It never enters the log; an
 * event holds an id or a reference that reveals nothing.
 */
export interface Vault {
  /** HMAC-SHA-256 under the ledger's secret, hex: a hash that nobody without the secret can try values against. */
  keyed(text: string): string;
  /**
   * Keeps a text, encrypted. The same command key again gives the same reference, so a retried command makes the
   * same event. `about` names the people it is about: it goes when any of them is erased.
   */
  putNote(note: {
    readonly commandKey: string;
    readonly text: string;
    readonly about?: readonly string[];
  }): Promise<NoteRef>;
  /** The text of a reference, or undefined where it was erased. @throws NoteAlteredError */
  readNote(reference: NoteRef): Promise<string | undefined>;
  readonly people: People;
  readonly evidence: Evidence;
  close(): Promise<void>;
}

/** A text about a person, as it is given to him or her. */
export interface NoteAbout {
  readonly id: string;
  readonly text: string;
  readonly written: string;
}

/** The people of a ledger. Everything about one is encrypted under one key, which erasing destroys. */
export interface People {
  /** Adds a person; the same command key again gives the same id. @throws InvalidPersonError, EmailTakenError */
  add(person: PersonDetails & { readonly commandKey: string }): Promise<string>;
  /** The person that a command key added, `undefined` where it added nobody. */
  addedBy(commandKey: string): Promise<string | undefined>;
  /** The person, `erased`, or undefined for an id that the vault never gave. */
  read(id: string): Promise<Person | 'erased' | undefined>;
  /** Puts details right; the earlier ones are gone. @throws InvalidPersonError, EmailTakenError, UnknownPersonError */
  change(id: string, details: PersonDetails): Promise<void>;
  /** Whom a name may mean: the same names first, then the doubtful ones. */
  find(name: string): Promise<readonly PersonMatch[]>;
  findByEmail(email: string): Promise<string | undefined>;
  /** Everybody who is not erased, in the order of their ids. */
  all(): Promise<readonly Person[]>;
  notesAbout(id: string): Promise<readonly NoteAbout[]>;
  /** Takes one field away, its retention period having passed. */
  forget(id: string, field: PersonField): Promise<void>;
  /** Takes a note away, its retention period having passed. */
  forgetNote(id: string): Promise<void>;
  /** Notes written before an instant (UTC) that are about nobody under a hold. */
  notesWrittenBefore(instant: string): Promise<readonly string[]>;
  /** Puts a person under a legal hold, or lifts it with null. @throws UnknownPersonError */
  hold(id: string, reason: string | null): Promise<void>;
  /**
   * Destroys a person's key with everything under it, for ever. Erasing again, or an id of an older vault, is
   * harmless.
   * @throws HeldError
   */
  erase(id: string): Promise<void>;
}

/** An id that names nobody in the vault. */
export class UnknownPersonError extends Error {
  readonly code = 'UNKNOWN_PERSON';
  constructor(id: string) {
    super(`There is no person ${id} in the vault; find people by name first.`);
    this.name = 'UnknownPersonError';
  }
}

/** A note whose text no longer has the hash that the log holds. */
export class NoteAlteredError extends Error {
  readonly code = 'NOTE_ALTERED';
  constructor(id: string) {
    super(
      `The note ${id} is not the one that was recorded: its hash differs. Restore the vault from a backup.`,
    );
    this.name = 'NoteAlteredError';
  }
}

/** The ledger secret of every demonstration ledger. It is published: such a ledger protects nothing. */
export const demonstrationSecret = Buffer.from('this secret of demonstration ledgers is no secret', 'utf8');
