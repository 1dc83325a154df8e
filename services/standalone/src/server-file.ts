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
  let text: string;
  try {
    text = readFileSync(join(folder, name), 'utf8');
  } catch {
    return undefined;
  }
  const file = ServerFile.safeParse(JSON.parse(text));
  if (!file.success) return undefined;
  try {
    process.kill(file.data.pid, 0);
    const response = await fetch(new URL('/health/live', file.data.url), {
      signal: AbortSignal.timeout(2000),
    });
    return response.ok ? file.data.url : undefined;
  } catch {
    return undefined;
  }
}
