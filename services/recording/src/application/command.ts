import { canonicalJson, derivedId } from '@ledger/events';
import {
  CommandKeyReusedError,
  type AppendCommand,
  type AppendResult,
  type EventLog,
} from '@ledger/event-log';
import type { Programmes } from '@ledger/access';
import type { Vault } from '@ledger/vault';

/** A command as a route hands it over: who, under which key, and the request as it was received. */
export interface Command {
  /** The id of the acting user. */
  readonly actor: string;
  /** The programmes whose records the user may write. */
  readonly programmes: Programmes;
  /** The idempotency key as sent. */
  readonly key: string;
  /** The request as received, before names are resolved. */
  readonly request: unknown;
  /** Decides and checks without recording. */
  readonly dryRun?: boolean;
}

/** A command with its keyed hashes (**rule**, design section 4). */
export interface StampedCommand {
  readonly stamp: AppendCommand;
  /** An id of this command, from which the ids of what it makes are derived. */
  readonly id: string;
}

/** @throws NotCanonicalError for NUL, lone surrogates and numbers that JSON cannot hold exactly */
export function stampCommand(
  vault: Vault,
  scope: string,
  { actor, key, request }: Omit<Command, 'programmes'>,
): StampedCommand {
  const stamp = { actor, scope, key: vault.keyed(key), hash: vault.keyed(canonicalJson(request)) };
  return { stamp, id: derivedId('command', actor, scope, stamp.key) };
}

/** The first result of a command that was recorded before. @throws CommandKeyReusedError */
export async function findReplay(
  log: EventLog,
  { stamp }: StampedCommand,
): Promise<AppendResult | undefined> {
  const found = await log.findCommand(stamp);
  if (found === undefined) return undefined;
  if (found.hash !== stamp.hash) throw new CommandKeyReusedError(stamp.scope);
  return found.result;
}
