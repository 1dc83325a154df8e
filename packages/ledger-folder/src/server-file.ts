import { chmodSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ServerFile = z.object({ pid: z.int(), url: z.url(), token: z.string() });
const name = 'server.json';

/** A running server of a folder, and the token by which whoever may read its files keeps it. */
export type RunningServer = z.infer<typeof ServerFile>;

/** Tells the `ledger` command where the running server of a folder is; only the operator's own user can read it. */
export function writeServerFile(folder: string, { url, token }: { url: string; token: string }): void {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify({ pid: process.pid, url, token }), { mode: 0o600 });
  // The mode counts only for a new file; one that a killed server left keeps its own.
  chmodSync(file, 0o600);
}

export function removeServerFile(folder: string): void {
  rmSync(join(folder, name), { force: true });
}

/** The server of a folder, if one runs and answers; a file left by a killed one is ignored. */
export async function findServer(folder: string): Promise<RunningServer | undefined> {
  try {
    const found = ServerFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    process.kill(found.pid, 0);
    const response = await fetch(new URL('/health/live', found.url), { signal: AbortSignal.timeout(2000) });
    return response.ok ? found : undefined;
  } catch {
    // No file, half a file, a process that is gone, or one that does not answer: there is no server.
    return undefined;
  }
}
