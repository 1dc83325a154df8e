import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Frontier,
  nodeCrypto,
  parseKey,
  portableCrypto,
  toHex,
  TreeHashing,
  verifyBundle,
} from '@ledger/seal';

/* The vectors that others may hold their verifiers to are those that ours keep to. */

const vector = (name: string): Buffer => readFileSync(join(__dirname, name));
const bundle = vector('seven-events.ndjson');
// Written beside this test.
const { leafHashes, rootsAfterEach } = JSON.parse(vector('seven-events.json').toString()) as {
  readonly leafHashes: readonly string[];
  readonly rootsAfterEach: readonly string[];
};

test.each([
  ['Node’s primitives', nodeCrypto],
  ['those of a browser', portableCrypto],
])('the published vector of a bundle is verified by %s, and comes to its root', async (_what, crypto) => {
  const { verdict } = await verifyBundle([bundle], {
    crypto,
    keys: [parseKey(crypto, vector('seven-events.pub'))],
    held: [{ called: 'kept', note: vector('seven-events.checkpoint') }],
  });
  expect(verdict).toMatchObject({
    outcome: 'verified',
    events: 7,
    sealed: 7,
    // Those of the bundle, and the one that was kept.
    checkpoints: 3,
    root: rootsAfterEach.at(-1),
  });
});

test('the published vector has the hash of each leaf, and the root after each event', () => {
  const hashing = new TreeHashing(nodeCrypto);
  const frontier = new Frontier(hashing);
  const events = bundle
    .toString()
    .split('\n')
    .filter((line) => line.startsWith('{"data"'));
  const seen = events.map((body) => {
    const leaf = hashing.leaf(Buffer.from(body));
    frontier.add(leaf);
    return [toHex(leaf), toHex(frontier.root())];
  });
  expect(seen).toEqual(leafHashes.map((leaf, at) => [leaf, rootsAfterEach[at]]));
});
