import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const ServerFile = z.object({ pid: z.int(), url: z.url() });
const name = 'server.json';

/** Tells the `ledger` command where the running server of a folder is. */
export function writeServerFile(folder: string, url: string): void {
  writeFileSync(join(folder, name), JSON.stringify({ pid: process.pid, url }));
}

export function removeServerFile(folder: string): void {
  rmSync(join(folder, name), { force: true });
}

/** The address of the server of a folder, if one runs and answers; a file left by a killed one is ignored. */
export async function findServer(folder: string): Promise<string | undefined> {
  try {
    const { pid, url } = ServerFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8')));
    process.kill(pid, 0);
    const response = await fetch(new URL('/health/live', url), { signal: AbortSignal.timeout(2000) });
    return response.ok ? url : undefined;
  } catch {
    // No file, half a file, a process that is gone, or one that does not answer: there is no server.
    return undefined;
  }
}
