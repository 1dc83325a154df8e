import { createHash, randomBytes } from 'node:crypto';
import type { Grant } from '../roles/actor';
import { isUserRole } from '../roles/user-roles';
import { sessionLimits } from './account-store';

/** A new token of a session. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** What is kept of a token: whoever reads the store cannot use the sessions in it. */
export const digestOf = (token: string): Buffer => createHash('sha256').update(token).digest();

/** The instants at or after which a session that lasts at `now` began and was seen, in milliseconds. */
export function oldestAt(now: number): { readonly began: number; readonly seen: number } {
  return { began: now - sessionLimits.longestMs, seen: now - sessionLimits.idleMs };
}

/** Grants as they were kept; a role that this release does not know grants nothing. */
export function grantsOf(json: string): Grant[] {
  // Only ever written by an account store.
  const kept = JSON.parse(json) as readonly Grant[];
  return kept.filter(({ role }) => isUserRole(role));
}

/** A text that may be missing. */
export const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
