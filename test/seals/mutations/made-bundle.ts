import {
  checkpointText,
  formatKey,
  hashesInLine,
  logFormat,
  newPrivateKey,
  nodeCrypto,
  signerOf,
  signNote,
  TiledTree,
  toBase64,
  TreeHashing,
  type BundleFigure,
  type NoteSigner,
} from '@ledger/seal';

const hashing = new TreeHashing(nodeCrypto);
export const origin = 'programme-activity-ledger/0f0a5c1e-1111-5000-8000-000000000001';
/** The ledger's own key, and another that somebody else made under the same name. */
export const ownKey = signerOf(origin, newPrivateKey());
export const otherKey = signerOf(origin, newPrivateKey());

/** A log as whoever seals it has it. */
export interface MadeLog {
  readonly bodies: readonly string[];
  /** After how many events there is a seal, and when. */
  readonly seals: readonly { readonly size: number; readonly time: string }[];
  readonly signer: NoteSigner;
  readonly figures?: readonly BundleFigure[];
}

/** Milliseconds from a first moment, as recorded times are written. */
export function momentAt(ms: number): string {
  return new Date(Date.parse('2026-04-01T08:00:00.000Z') + ms).toISOString();
}

/** A stored body, as far as a verifier looks at it. */
export function bodyOf(number: number, recordedAt: string): string {
  const id = String(number).padStart(12, '0');
  return `{"data":{"number":${number},"title":"Event ${number}"},"id":"${id}","recordedAt":"${recordedAt}","schemaVersion":1,"stream":"activity-${id}","type":"EventHeld"}`;
}

/** The stored body of a file that was attached to a claim: its hash is in the log, and the file in the vault. */
export function evidenceBodyOf(number: number, recordedAt: string): string {
  const id = String(number).padStart(12, '0');
  const sha256 = hexOf(nodeCrypto.sha256(Buffer.from(`File ${number}`)));
  return `{"data":{"evidence":"${id}","number":${number},"sha256":"${sha256}","title":"Event ${number}"},"id":"${id}","recordedAt":"${recordedAt}","schemaVersion":1,"stream":"claim-${id}","type":"EvidenceAttached"}`;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

function treeOf(bodies: readonly string[]): TiledTree {
  const kept = new Map<string, Uint8Array>();
  const tree = new TiledTree(hashing, (level, number) => kept.get(`${level}/${number}`), 0);
  for (const body of bodies) tree.add(hashing.leaf(Buffer.from(body)));
  for (const { level, number, hashes } of tree.take()) kept.set(`${level}/${number}`, hashes);
  return tree;
}

/** The checkpoints of a log, signed. */
export function notesOf({ bodies, seals, signer }: MadeLog): string[] {
  const prover = treeOf(bodies).prover();
  return seals.map(({ size, time }) =>
    signNote(checkpointText({ origin, size, root: prover.root(size), time }), [signer]),
  );
}

/** The lines of a bundle, before anybody touches them. */
export interface BundleLines {
  header: Record<string, unknown>;
  notes: string[];
  figures: BundleFigure[];
  /** Hashes of leaves, base 64 of each 256. */
  hashes: string[];
  bodies: string[];
}

/** A log as a bundle, whole and honest. */
export function linesOf(log: MadeLog): BundleLines {
  const { bodies, seals, signer, figures = [] } = log;
  const tree = treeOf(bodies);
  const sealed = seals.at(-1)?.size ?? 0;
  const hashes = Array.from({ length: Math.ceil(sealed / hashesInLine) }, (_, number) =>
    toBase64(tree.leafTile(number).subarray(0, (sealed - number * hashesInLine) * 32)),
  );
  const header = {
    bundle: logFormat,
    origin,
    keys: [formatKey(signer.key)],
    toleranceMs: 0,
    checkpoints: seals.length,
    figures: figures.length,
    hashes: sealed,
    events: bodies.length,
  };
  return { header, notes: notesOf(log), figures: [...figures], hashes, bodies: [...bodies] };
}

/** The file of a bundle. */
export function fileOf({ header, notes, figures, hashes, bodies }: BundleLines): Buffer {
  const lines = [header, ...notes, ...figures].map((line) => JSON.stringify(line));
  for (let at = 0; at < Math.max(bodies.length, hashes.length * hashesInLine); at += hashesInLine) {
    const run = hashes[at / hashesInLine];
    if (run !== undefined) lines.push(JSON.stringify(run));
    lines.push(...bodies.slice(at, at + hashesInLine));
  }
  return Buffer.from(lines.map((line) => `${line}\n`).join(''));
}
