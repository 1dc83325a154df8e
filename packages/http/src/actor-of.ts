import type { Request } from 'express';
import { may, type Actor, type Permission } from '@ledger/access';
import { ProblemError } from './problem';

/** Finds out who makes a request; undefined where nobody is signed in. */
export type Identify = (request: Request) => Promise<Actor | undefined>;

const actors = new WeakMap<Request, Actor>();

/** Remembers who makes a request. */
export function setActor(request: Request, actor: Actor | undefined): void {
  if (actor !== undefined) actors.set(request, actor);
}

function actorOf(request: Request): Actor | undefined {
  return actors.get(request);
}

/** Nobody in particular: what handlers of public routes are given. */
const visitor: Actor = { id: '', grants: [], by: 'session' };

/** Tells somebody of what was denied: the audit file. */
export type OnDenied = (actor: Actor | undefined, route: string) => void;

/** The actor, if he or she may. @throws ProblemError 401 where signing in would help, 403 where it would not */
export function permitted(request: Request, permission: Permission, denied: OnDenied): Actor {
  const actor = actorOf(request);
  if (may(actor, permission)) return actor ?? visitor;
  denied(actor, `${request.method} ${request.path}`);
  if (actor === undefined)
    throw new ProblemError(401, 'NOT_SIGNED_IN', 'Sign in first, at /sign-in or with a bearer token.', {
      headers: { 'WWW-Authenticate': 'Bearer' },
    });
  throw new ProblemError(
    403,
    'NOT_YOUR_ROLE',
    `None of your roles may do this (it needs “${permission}”). An administrator gives roles.`,
  );
}
