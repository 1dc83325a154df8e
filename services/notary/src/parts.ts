import type { Notary } from './notary';

/** What routes and pages of seals need around them. */
export interface SealParts {
  readonly notary: Notary;
}
