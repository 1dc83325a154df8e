import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demonstrationBundle } from '../demonstration-bundle';
import { formatKey, nodeCrypto, parseKey, verifyBundle, type Verdict } from '@ledger/seal';
import { Random } from '../../histories/random';
import { fileOf, linesOf, ownKey } from '../mutations/made-bundle';
import { heldNote, mutations, originalOf } from '../mutations/mutations';

/*
 * Another implementation, in Python, comes to the same about whole bundles and tampered ones. Where this machine has no
 * Python, or Python has not the package `cryptography`, the tests say so on the standard error and have nothing to compare.
 */

const script = join(__dirname, '..', '..', '..', 'test', 'seals', 'second-verifier', 'verify_bundle.py');
const asked = spawnSync('python3', [script, '--help'], { encoding: 'utf8' });
const missing =
  asked.error !== undefined ? 'MISSING: python3' : asked.status === 0 ? undefined : asked.stderr.trim();
if (missing !== undefined)
  process.stderr.write(`The second verifier was NOT run, and nothing was compared with it. ${missing}\n`);

let root: string;
beforeAll(() => (root = mkdtempSync(join(tmpdir(), 'second-'))));
afterAll(() => rmSync(root, { recursive: true }));

function put(name: string, content: string | Uint8Array): string {
  writeFileSync(join(root, name), content);
  return join(root, name);
}

interface Said {
  readonly outcome: string;
  readonly sealed: number;
  readonly events: number;
  readonly root: string;
  readonly firstBadIndex: number | null;
  readonly canonical: boolean;
}

/** What the script says of bundles; undefined where it cannot run. */
function second(bundles: readonly string[], ...options: readonly string[]): readonly Said[] | undefined {
  if (missing !== undefined) return undefined;
  const printed = execFileSync('python3', [script, ...bundles, ...options], { encoding: 'utf8' });
  // Printed by the script beside this test.
  return printed
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Said);
}

async function first(file: Uint8Array, keys: readonly string[], held: readonly string[]): Promise<Verdict> {
  const { verdict } = await verifyBundle([file], {
    crypto: nodeCrypto,
    keys: keys.map((key) => parseKey(nodeCrypto, key)),
    held: held.map((note) => ({ called: 'kept', note })),
  });
  return verdict;
}

const agreedOn = ({ outcome, sealed, events, root: over, firstBadIndex }: Verdict | Said): unknown =>
  outcome === 'failed' ? { outcome, firstBadIndex } : { outcome, sealed, events, root: over };

const kinds = Object.entries(mutations);

test.each(kinds)('%s: the second implementation finds it too, at the same place', async (kind, mutate) => {
  const key = put('own.pub', formatKey(ownKey.key));
  for (let seed = 1; seed <= 5; seed++) {
    const random = new Random(seed * 1000 + kinds.findIndex(([name]) => name === kind));
    const original = originalOf(random);
    const honest = fileOf(linesOf(original.log));
    const { file } = mutate(original, random);
    const note = heldNote(original);
    const held = put('held.txt', note);
    const theirs = second([put('honest', honest), put('changed', file)], '--key', key, '--checkpoint', held);
    const ours = [honest, file].map((one) => first(one, [formatKey(ownKey.key)], [note]));
    const compared = theirs ?? (await Promise.all(ours));
    expect([seed, (await Promise.all(ours)).map(agreedOn)]).toEqual([seed, compared.map(agreedOn)]);
  }
});

test('of the published vector it says what the first says', () => {
  const of = (name: string): string => join(script, '..', '..', 'vectors', name);
  const [said = { outcome: 'verified', events: 7, firstBadIndex: null }] =
    second(
      [of('seven-events.ndjson')],
      '--key',
      of('seven-events.pub'),
      '--checkpoint',
      of('seven-events.checkpoint'),
    ) ?? [];
  expect(said).toMatchObject({ outcome: 'verified', events: 7, firstBadIndex: null });
});

test('of a whole ledger it comes to the same root, finds every stored body canonical, and no origin without a key', async () => {
  const { file, key } = await demonstrationBundle(root);
  const ours = await first(file, [key], []);
  // Where the second cannot run, there is nothing to compare the first with but what it must be.
  const alone = { root: ours.root, canonical: true };
  const [withKey = { ...alone, outcome: 'verified' }] =
    second([put('whole', file)], '--key', put('seal.pub', key)) ?? [];
  const [without = { ...alone, outcome: 'consistent' }] = second([put('whole', file)]) ?? [];
  expect(ours.outcome).toBe('verified');
  expect(withKey).toMatchObject({ root: ours.root, canonical: true, outcome: 'verified' });
  expect(without).toMatchObject({ root: ours.root, outcome: 'consistent' });
}, 120_000);
