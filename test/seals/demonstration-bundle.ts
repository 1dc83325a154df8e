import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '@ledger/standalone';

interface Handed {
  readonly file: Uint8Array;
  readonly key: string;
  /** A checkpoint over all but the newest event, as it was signed then. */
  readonly earlier: string;
  /** One over all that the bundle holds. */
  readonly newest: string;
  /** The bundle as it was before the newest event; no figures are in it. */
  readonly before: Uint8Array;
}

const support = {
  type: 'SupportProvided',
  data: {
    offer: 'cyber-security',
    occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
    bodies: [{ body: 'Watford', role: 'recipient' }],
  },
};

async function post(server: Standalone, path: string, body: object): Promise<unknown> {
  const response = await fetch(new URL(path, server.url), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

async function sealed(server: Standalone): Promise<string> {
  const { note } = (await post(server, '/api/seals', {})) as { readonly note: string };
  return note;
}

async function bundleOf(server: Standalone, years: readonly string[]): Promise<Uint8Array> {
  const query = new URLSearchParams(years.length === 0 ? {} : { years: years.join(',') });
  const bundle = await fetch(new URL(`/api/bundle?${query.toString()}`, server.url));
  if (!bundle.ok) throw new Error(await bundle.text());
  return new Uint8Array(await bundle.arrayBuffer());
}

/** The demonstration and one event more, sealed before and after it, and handed over with figures of years. */
export async function demonstrationBundle(root: string, years: readonly string[] = []): Promise<Handed> {
  const folder = join(root, 'demonstration');
  const server = await startStandalone({ port: 0, folder, full: true });
  try {
    await server.ready;
    const earlier = await sealed(server);
    const before = await bundleOf(server, []);
    await post(server, '/api/records', { records: [support] });
    const newest = await sealed(server);
    const file = await bundleOf(server, years);
    return { file, key: readFileSync(join(folder, 'seal.pub'), 'utf8'), earlier, newest, before };
  } finally {
    await server.stop();
  }
}
