import type { OidcSignIn } from '@ledger/access';
import { ProblemError } from '@ledger/http';
import type { ErasureParts } from './application/erasure';
import type { RetentionParts } from './application/retention';
import type { Users } from './application/users';

/** What routes and pages about people need around them. */
export interface PeopleParts extends ErasureParts, RetentionParts {
  /** Undefined in a demonstration ledger, whose visitors choose who they are. */
  readonly users: Users | undefined;
  readonly oidc: OidcSignIn | undefined;
  /** Labels of programmes by id, for giving roles. */
  readonly programmes: () => Promise<ReadonlyMap<string, string>>;
  /** Whether the ledger is reached over HTTPS: cookies are then sent over nothing else. */
  readonly secure: boolean;
}

/** @throws ProblemError in a demonstration ledger */
export function usersOf({ users }: PeopleParts): Users {
  if (users === undefined)
    throw new ProblemError(
      409,
      'DEMONSTRATION',
      'A demonstration ledger has no users of its own: its visitors choose who they are, at /visitor. Open a live ledger with `ledger init`.',
    );
  return users;
}
