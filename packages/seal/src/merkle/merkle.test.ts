import fc from 'fast-check';
import { sameBytes, toHex } from '../bytes';
import { nodeCrypto } from '../node-crypto';
import { Frontier } from './frontier';
import { TreeHashing } from './hashing';
import { isConsistent, NoProofError, rootOfInclusion } from './proofs';
import { DamagedTreeError, TiledTree, type Tile } from './tiled-tree';

const hashing = new TreeHashing(nodeCrypto);

/* The inputs, roots and proofs that certificate-transparency implementations publish and test one another with. */
const publishedInputs = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const publishedRoots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];
const node = {
  l0: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  l1: '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  l4: 'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
  l6: 'b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f',
  n23: '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  n45: '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
  n67: 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
  n0123: 'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  n4567: '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
};
const { l0, l1, l4, l6, n23, n45, n67, n0123, n4567 } = node;
const publishedInclusions: readonly (readonly [index: number, size: number, path: readonly string[]])[] = [
  [0, 1, []],
  [0, 8, [l1, n23, n4567]],
  [5, 8, [l4, n67, n0123]],
  [1, 5, [l0, n23, l4]],
];
const publishedConsistencies: readonly (readonly [earlier: number, size: number, path: readonly string[]])[] =
  [
    [1, 1, []],
    [1, 8, [l1, n23, n4567]],
    [6, 8, [n45, n67, n0123]],
    [2, 5, [n23, l4]],
    [6, 7, [n45, l6, n0123]],
  ];

/** A tree of leaves, with the tiles that were taken from it kept as a file would. */
function treeOf(
  leaves: readonly Uint8Array[],
  takeEvery = Infinity,
): { tree: TiledTree; kept: Map<string, Tile> } {
  const kept = new Map<string, Tile>();
  const tree = new TiledTree(hashing, (level, number) => kept.get(`${level}/${number}`)?.hashes, 0);
  leaves.forEach((leaf, at) => {
    tree.add(hashing.leaf(leaf));
    if ((at + 1) % takeEvery === 0)
      for (const tile of tree.take()) kept.set(`${tile.level}/${tile.number}`, tile);
  });
  return { tree, kept };
}

/** RFC 6962's definition, word for word. */
function rootByDefinition(leaves: readonly Uint8Array[]): Uint8Array {
  const [first] = leaves;
  if (first === undefined) return hashing.empty();
  if (leaves.length === 1) return hashing.leaf(first);
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashing.node(rootByDefinition(leaves.slice(0, split)), rootByDefinition(leaves.slice(split)));
}

const numbered = (count: number): Uint8Array[] =>
  Array.from({ length: count }, (_, at) => Buffer.from(`leaf ${at}`));
const texts = (hashes: readonly Uint8Array[]): string[] => hashes.map(toHex);

describe('published vectors', () => {
  const leaves = publishedInputs.map((digits) => Buffer.from(digits, 'hex'));
  const { tree } = treeOf(leaves);
  const prover = tree.prover();

  it.each(publishedRoots.map((root, size) => [size, root] as const))(
    'the root of %d leaves',
    (size, root) => {
      const frontier = new Frontier(hashing);
      for (const leaf of leaves.slice(0, size)) frontier.add(hashing.leaf(leaf));
      expect(toHex(frontier.root())).toBe(root);
      expect(toHex(prover.root(size))).toBe(root);
    },
  );

  it.each(publishedInclusions)('the inclusion of leaf %d among %d', (index, size, path) => {
    expect(texts(prover.inclusion(index, size))).toEqual(path);
  });

  it.each(publishedConsistencies)('the consistency of %d leaves with %d', (earlier, size, path) => {
    expect(texts(prover.consistency(earlier, size))).toEqual(path);
  });
});

describe('whatever the size,', () => {
  const leaves = numbered(600);
  const { tree, kept } = treeOf(leaves, 97);
  const prover = tree.prover();
  const anySize = fc.integer({ min: 1, max: leaves.length });

  test('frontier and tiles come to the root that the RFC defines', () => {
    fc.assert(
      fc.property(anySize, (size) => {
        const frontier = new Frontier(hashing);
        for (const leaf of leaves.slice(0, size)) frontier.add(hashing.leaf(leaf));
        const root = rootByDefinition(leaves.slice(0, size));
        expect(sameBytes(frontier.root(), root)).toBe(true);
        expect(sameBytes(prover.root(size), root)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  test('a proof of inclusion leads to the root, and to another with any other leaf, index, size or hash', () => {
    fc.assert(
      fc.property(anySize, fc.nat(), fc.nat(), (size, someIndex, someBit) => {
        const index = someIndex % size;
        const leaf = hashing.leaf(leaves[index] ?? Buffer.of());
        const path = prover.inclusion(index, size);
        const root = toHex(prover.root(size));
        const reached = (of: Uint8Array, at: number, by: readonly Uint8Array[]): string | undefined => {
          const found = rootOfInclusion(hashing, of, { index: at, size, path: by });
          return found && toHex(found);
        };
        expect(reached(leaf, index, path)).toBe(root);
        expect(reached(hashing.leaf(Buffer.from('another')), index, path)).not.toBe(root);
        // Among one leaf there is no other index.
        expect(size > 1 && reached(leaf, (index + 1) % size, path) === root).toBe(false);
        expect(reached(leaf, size, path)).toBeUndefined();
        expect(reached(leaf, index, [...path, leaf])).toBeUndefined();
        const others = path.flatMap((_hash, at) => [
          path.filter((_, place) => place !== at),
          path.map((hash, place) =>
            place === at ? hash.map((byte, of) => byte ^ Number(of === someBit % 32)) : hash,
          ),
        ]);
        expect(others.filter((other) => reached(leaf, index, other) === root)).toEqual([]);
      }),
    );
  });

  test('a proof of consistency holds between any two sizes, and not with another root or hash', () => {
    fc.assert(
      fc.property(anySize, anySize, (one, other) => {
        const [small, large] = [Math.min(one, other), Math.max(one, other)];
        const path = prover.consistency(small, large);
        const [earlier, later] = [small, large].map((size) => ({ size, root: prover.root(size) }));
        if (earlier === undefined || later === undefined) throw new RangeError('Two sizes have two heads');
        const forged = { size: small, root: hashing.leaf(Buffer.from('forged')) };
        expect(isConsistent(hashing, { earlier, later }, path)).toBe(true);
        expect(isConsistent(hashing, { earlier: forged, later }, path)).toBe(false);
        expect(isConsistent(hashing, { earlier, later: { ...later, root: forged.root } }, path)).toBe(false);
        expect(isConsistent(hashing, { earlier, later }, [...path, forged.root])).toBe(false);
        const backwards = small < large && isConsistent(hashing, { earlier: later, later: earlier }, path);
        expect(backwards).toBe(false);
      }),
    );
  });

  test('a tree opened from its tiles at any size goes on to the same roots', () => {
    fc.assert(
      fc.property(anySize, (size) => {
        const { tree: part, kept: ofPart } = treeOf(leaves.slice(0, size), 10);
        for (const tile of part.take()) ofPart.set(`${tile.level}/${tile.number}`, tile);
        const opened = new TiledTree(
          hashing,
          (level, number) => ofPart.get(`${level}/${number}`)?.hashes,
          size,
        );
        for (const leaf of leaves.slice(size)) opened.add(hashing.leaf(leaf));
        expect(toHex(opened.prover().root(leaves.length))).toBe(toHex(prover.root(leaves.length)));
      }),
      { numRuns: 30 },
    );
  });

  test('what cannot be proved is refused, and missing tiles are named', () => {
    expect(() => prover.inclusion(5, 5)).toThrow(NoProofError);
    expect(() => prover.consistency(7, 6)).toThrow('no beginning');
    const gone = new Map([...kept].filter(([name]) => name !== '0/0'));
    const damaged = new TiledTree(hashing, (level, number) => gone.get(`${level}/${number}`)?.hashes, 582);
    expect(() => damaged.prover().inclusion(3, 582)).toThrow(DamagedTreeError);
    expect(() => new TiledTree(hashing, () => undefined, 3)).toThrow('tile 0 of level 0');
  });
});

test('a tree of more than 65,536 leaves has three levels of tiles, and proofs through all of them', () => {
  const { tree, kept } = treeOf(numbered(65_800), 700);
  const frontier = new Frontier(hashing);
  for (const leaf of numbered(65_800)) frontier.add(hashing.leaf(leaf));
  const prover = tree.prover();
  expect(kept.has('2/0')).toBe(true);
  expect(toHex(prover.root(65_800))).toBe(toHex(frontier.root()));
  const path = prover.inclusion(65_700, 65_800);
  const leaf = hashing.leaf(Buffer.from('leaf 65700'));
  const reached = rootOfInclusion(hashing, leaf, { index: 65_700, size: 65_800, path });
  expect(reached && toHex(reached)).toBe(toHex(frontier.root()));
});
