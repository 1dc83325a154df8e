import { setImmediate } from 'node:timers/promises';
import type { EventLog } from '@ledger/event-log';
import {
  Findings,
  hashLength,
  LogVerifier,
  nodeCrypto,
  parseKey,
  tileWidth,
  type GivenCheckpoint,
} from '@ledger/seal';
import type { Notary } from './notary';

const pageSize = 1000;
/** Checkpoints outside that are looked at: they are all of one tree, so the newest say most. */
const mostHeld = 1000;

/** What a check of the seals came to. */
export interface SealCheck {
  readonly sealed: number;
  readonly notSealed: number;
  readonly checkpoints: number;
  /** Checkpoints that lie outside the ledger and were held against it. */
  readonly held: number;
  /** Sentences; none where all is well. */
  readonly findings: readonly string[];
}

/** What a log is checked against: what its notary keeps. */
export type Sealing = {
  readonly origin: string;
  readonly evidence: Pick<Notary['evidence'], 'size' | 'leafTile' | 'store' | 'held'>;
};

/** All checkpoints that the notary kept, then those that lie outside. */
function checkpointsOf({ evidence: { store, held } }: Sealing): GivenCheckpoint[] {
  const given: GivenCheckpoint[] = [];
  for (let after = 0; ;) {
    const page = store.after(after, 1000);
    const last = page.at(-1);
    if (last === undefined) break;
    given.push(...page.map(({ number, note }) => ({ called: `Checkpoint ${number}`, note, held: false })));
    after = last.number;
  }
  const outside = held?.newest(mostHeld) ?? [];
  return [
    ...given,
    ...outside.map(({ file, note }) => ({ called: `The checkpoint outside, ${file}`, note, held: true })),
  ];
}

/**
 * Reads the whole log and holds it against every hash that was kept and every checkpoint, here and outside.
 * @param toleranceMs by how much clocks may differ where several processes wrote the log; none where one did
 */
export async function checkSeals(
  log: Pick<EventLog, 'readPage'>,
  notary: Sealing,
  toleranceMs = 0,
): Promise<SealCheck> {
  const { leafTile, store, size } = notary.evidence;
  const checkpoints = checkpointsOf(notary);
  const findings = new Findings();
  const verifier = new LogVerifier(
    {
      crypto: nodeCrypto,
      origin: notary.origin,
      trusted: store.keys().map((key) => parseKey(nodeCrypto, key)),
      named: [],
      checkpoints,
      toleranceMs,
    },
    findings,
  );
  let tile: { readonly number: number; readonly hashes: Uint8Array } | undefined;
  const listed = (index: number): Uint8Array | undefined => {
    if (index >= size) return undefined;
    const number = Math.floor(index / tileWidth);
    if (tile?.number !== number) tile = { number, hashes: leafTile(number) };
    const at = (index % tileWidth) * hashLength;
    return tile.hashes.subarray(at, at + hashLength);
  };
  let index = 0;
  for (;;) {
    const page = await log.readPage({ after: BigInt(index), limit: pageSize });
    if (page.length === 0) break;
    for (const { bytes } of page) verifier.event(bytes, listed(index++));
    await setImmediate();
  }
  for (let beyond = listed(index); beyond !== undefined; beyond = listed(++index))
    verifier.listedBeyond(beyond);
  const verdict = verifier.end();
  return {
    sealed: verdict.sealed,
    notSealed: verdict.events - verdict.sealed,
    checkpoints: checkpoints.filter(({ held }) => !held).length,
    held: checkpoints.filter(({ held }) => held).length,
    findings: findings.listed.map(({ message }) => message),
  };
}
