export type { SealCrypto } from './crypto';
export { fromBase64, sameBytes, textOf, toBase64, toHex, utf8 } from './bytes';
export { Frontier } from './merkle/frontier';
export { hashLength, TreeHashing } from './merkle/hashing';
export {
  isConsistent,
  NoProofError,
  Prover,
  rootOfInclusion,
  type NodeAt,
  type TwoHeads,
} from './merkle/proofs';
export { DamagedTreeError, TiledTree, tileWidth, type ReadTile, type Tile } from './merkle/tiled-tree';
export { nodeCrypto } from './node-crypto';
export { portableCrypto } from './portable-crypto';
export { InvalidPrivateKeyError, newPrivateKey, signerOf } from './node-signer';
export { checkpointText, parseCheckpoint, type Checkpoint } from './notes/checkpoint';
export { formatKey, InvalidKeyError, parseKey, verifierKey, type VerifierKey } from './notes/keys';
export {
  InvalidNoteError,
  parseNote,
  signersOf,
  signNote,
  type NoteSigner,
  type SignedNote,
} from './notes/signed-note';
export { formatProof, parseProof, type TlogProof } from './notes/tlog-proof';
export {
  figureOf,
  hashesInLine,
  logFormat,
  NotABundleError,
  recordFormat,
  type BundleFigure,
  type LogHeader,
  type RecordHeader,
} from './bundle/header';
export type { Chunks } from './bundle/lines';
export { firstBadIndex, type Outcome, type Verdict } from './bundle/verdict';
export { namesFigures, verifyBundle, type VerifiedBundle } from './bundle/verify-bundle';
export type { VerifyOptions } from './bundle/verify-log';
export { Findings, type Finding, type FindingCode } from './verifying/finding';
export type { GivenCheckpoint } from './verifying/known-checkpoint';
export { LogVerifier, type LogVerdict, type VerifierParts } from './verifying/log-verifier';
