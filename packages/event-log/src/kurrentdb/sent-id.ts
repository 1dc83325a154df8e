import { derivedId } from '@ledger/events';
import type { AppendCommand } from '../port';

/**
 * The id that KurrentDB knows an event by: the same command gives the same ids, so a repeat is no second write.
 * @param at which of the events of the command it is, from 0
 */
export function sentId({ actor, scope, key, hash }: AppendCommand, at: number): string {
  return derivedId('kurrentdb', actor, scope, key, hash, String(at));
}
