import type { NoteRef } from '@ledger/events';

/**
 * What may be erased: texts about people, and the secret behind keyed hashes. It never enters the log; an event
 * holds a reference that reveals nothing.
 */
export interface Vault {
  /** HMAC-SHA-256 under the ledger's secret, hex: a hash that nobody without the secret can try values against. */
  keyed(text: string): string;
  /**
   * Keeps a text, encrypted under a key of its own. The same command key again gives the same reference, so a
   * retried command makes the same event.
   */
  putNote(note: { readonly commandKey: string; readonly text: string }): Promise<NoteRef>;
  /** The text of a reference, or undefined where it was erased. @throws NoteAlteredError */
  readNote(reference: NoteRef): Promise<string | undefined>;
  close(): Promise<void>;
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
