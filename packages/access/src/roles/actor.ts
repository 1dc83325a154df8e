import type { Permission } from './permissions';
import { roleMatrix, type UserRole } from './user-roles';

/** Which programmes a programme editor works for; other roles are of all. */
export type Programmes = 'all' | readonly string[];

export interface Grant {
  readonly role: UserRole;
  readonly programmes: Programmes;
}

/** Who makes a request. */
export interface Actor {
  /** The id under which the log names the actor: a random id, never a name. */
  readonly id: string;
  readonly grants: readonly Grant[];
  /** How the request showed who makes it. */
  readonly by: 'session' | 'bearer' | 'demonstration' | 'operator';
  /** What the demonstration calls its user; a live ledger asks the vault. */
  readonly label?: string;
}

/** Whether an actor may do what needs a permission; `undefined` is a visitor who has not signed in. */
export function may(actor: Actor | undefined, permission: Permission): boolean {
  if (permission === 'public') return true;
  if (actor === undefined) return false;
  if (permission === 'signed-in') return true;
  return actor.grants.some(({ role }) => roleMatrix[role].includes(permission));
}

/** The programmes for which an actor holds a permission: all, some, or none. */
export function programmesFor(actor: Actor, permission: Permission): Programmes {
  const granting = actor.grants.filter(({ role }) => roleMatrix[role].includes(permission));
  // Only an editor works for some programmes; every other role that grants it grants it everywhere.
  if (granting.some(({ role, programmes }) => role !== 'programme-editor' || programmes === 'all'))
    return 'all';
  return [...new Set(granting.flatMap(({ programmes }) => (programmes === 'all' ? [] : programmes)))];
}

export function hasRole(actor: Actor, role: UserRole): boolean {
  return actor.grants.some((grant) => grant.role === role);
}

/** The programmes of an actor as an editor: what is restricted is open to these. */
export function editorProgrammes(actor: Actor): Programmes {
  const own = actor.grants.filter(({ role }) => role === 'programme-editor');
  if (own.some(({ programmes }) => programmes === 'all')) return 'all';
  return own.flatMap(({ programmes }) => (programmes === 'all' ? [] : programmes));
}
