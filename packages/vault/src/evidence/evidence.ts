/** A file as it is kept: what an event of a claim holds of it. */
export interface KeptEvidence {
  readonly id: string;
  /** SHA-256 of the encrypted file, hex: what is in the vault can be checked without opening it. */
  readonly sha256: string;
  /** How many bytes the file has, not encrypted. */
  readonly bytes: number;
  readonly mediaType: string;
}

/** What became of a file that an event names. */
export type EvidenceState = 'kept' | 'missing' | 'altered';

export interface OpenedEvidence {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** What the file was called; it may name somebody, so it is in the vault alone. */
  readonly name: string;
}

/** The files that claims rest on. Each has a key of its own, so that it can be erased. */
export interface Evidence {
  /**
   * Keeps a file, encrypted. An equal file is kept once, and found by a keyed hash that says nothing outside the vault.
   * @throws EvidenceRefusedError for a size or sort of file that is not taken
   */
  put(file: { readonly bytes: Uint8Array; readonly name: string }): Promise<KeptEvidence>;
  /** Whether the file is there as it was when the event was recorded. */
  check(reference: { readonly id: string; readonly sha256: string }): Promise<EvidenceState>;
  /** The file, or what is wrong with it. */
  open(reference: {
    readonly id: string;
    readonly sha256: string;
  }): Promise<OpenedEvidence | Exclude<EvidenceState, 'kept'>>;
}

/** A file that is not taken as evidence: too large, empty, or of a sort that cannot be read in ten years. */
export class EvidenceRefusedError extends Error {
  readonly code = 'EVIDENCE_REFUSED';
  constructor(
    readonly path: string,
    problem: string,
  ) {
    super(problem);
    this.name = 'EvidenceRefusedError';
  }
}
