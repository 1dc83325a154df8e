/** Nothing can be sealed, for a reason that somebody has to look into. */
export class CannotSealError extends Error {
  readonly code = 'CANNOT_SEAL';
  constructor(reason: string) {
    super(reason);
    this.name = 'CannotSealError';
  }
}
