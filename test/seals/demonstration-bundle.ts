import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStandalone } from '@ledger/standalone';

/** The demonstration, sealed and handed over with figures of years: the file of its bundle and its public key. */
export async function demonstrationBundle(
  root: string,
  years: readonly string[] = [],
): Promise<{ readonly file: Uint8Array; readonly key: string }> {
  const folder = join(root, 'demonstration');
  const server = await startStandalone({ port: 0, folder, full: true });
  try {
    await server.ready;
    const headers = { 'Content-Type': 'application/json' };
    const sealed = await fetch(new URL('/api/seals', server.url), { method: 'POST', headers, body: '{}' });
    if (!sealed.ok) throw new Error(await sealed.text());
    const query = new URLSearchParams(years.length === 0 ? {} : { years: years.join(',') });
    const bundle = await fetch(new URL(`/api/bundle?${query.toString()}`, server.url));
    if (!bundle.ok) throw new Error(await bundle.text());
    return {
      file: new Uint8Array(await bundle.arrayBuffer()),
      key: readFileSync(join(folder, 'seal.pub'), 'utf8'),
    };
  } finally {
    await server.stop();
  }
}
