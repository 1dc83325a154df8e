import type { Command } from 'commander';
import type { LedgerAccess } from '../access';
import type { CommonOptions } from './context';

/** Options of a command whose change may be proposed. */
export interface ProposingOptions extends CommonOptions {
  readonly key?: string;
  readonly dryRun?: boolean;
  readonly ifMatch?: string | undefined;
  readonly reason?: string;
  readonly note?: string;
  readonly propose?: boolean;
}

/** The reason, and the note if there is one, as requests have them. */
export function whyOf({ reason, note }: ProposingOptions): Record<string, string> {
  return { reason: reason ?? 'other', ...(note !== undefined && { note }) };
}

/** A command whose change may be proposed instead, where what it changes lies in closed time. */
export function proposable(made: Command): Command {
  return made.option(
    '--propose',
    'propose it as an adjustment to closed time, which a second person approves',
  );
}

/** Sends a change the usual way, or proposes it: the same request, as that command takes it. */
export async function sendOrPropose(
  ledger: LedgerAccess,
  path: string,
  request: Readonly<Record<string, unknown>>,
  named: Readonly<Record<string, unknown>>,
  options: ProposingOptions,
): Promise<unknown> {
  if (options.propose !== true) return ledger.post(path, request, options);
  return ledger.post('/api/adjustments', { change: { ...named, ...request }, ...whyOf(options) }, options);
}
