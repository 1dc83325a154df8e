import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';

const Sessions = z.record(z.string(), z.string());

/** Where the command keeps the sessions it has signed in to: one for each ledger's folder, for this user alone. */
function sessionsFile(): string {
  const state = process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state');
  return join(state, 'programme-activity-ledger', 'sessions.json');
}

function all(): Readonly<Record<string, string>> {
  try {
    return Sessions.parse(JSON.parse(readFileSync(sessionsFile(), 'utf8')));
  } catch {
    // No file yet, or one that somebody damaged: there is no session to use.
    return {};
  }
}

export function sessionOf(folder: string): string | undefined {
  return all()[folder];
}

/** Keeps a session's token, or forgets it with undefined. */
export function keepSession(folder: string, token: string | undefined): void {
  const { [folder]: _, ...others } = all();
  const file = sessionsFile();
  mkdirSync(dirname(file), { recursive: true });
  const kept = token === undefined ? others : { ...others, [folder]: token };
  writeFileSync(file, JSON.stringify(kept), { mode: 0o600 });
  chmodSync(file, 0o600);
}
