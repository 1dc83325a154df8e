import type { SealCrypto } from '../crypto';
import { parseCheckpoint, type Checkpoint } from '../notes/checkpoint';
import { InvalidKeyError, parseKey, type VerifierKey } from '../notes/keys';
import { InvalidNoteError, parseNote, signersOf, type SignedNote } from '../notes/signed-note';
import type { Findings } from './finding';

/** A signed checkpoint as it is given. */
export interface GivenCheckpoint {
  /** What it is called in a sentence: a file's name, or “checkpoint 12 of the bundle”. */
  readonly called: string;
  readonly note: string | Uint8Array;
  /** Whether it was kept outside of what is verified: then it counts without a signature of the trusted key. */
  readonly held: boolean;
}

/** A checkpoint that can be used: it is of this log, and none of its known signatures is wrong. */
export interface KnownCheckpoint extends Checkpoint {
  readonly called: string;
  readonly held: boolean;
  readonly signed: SignedNote;
}

/** Keys of texts; those that are none are findings. */
export function readKeys(crypto: SealCrypto, texts: readonly string[], findings: Findings): VerifierKey[] {
  return texts.flatMap((text) => {
    try {
      return [parseKey(crypto, text)];
    } catch (error) {
      if (!(error instanceof InvalidKeyError)) throw error;
      findings.add('BUNDLE_DAMAGED', null, `A public key that is named is none: ${error.message}`);
      return [];
    }
  });
}

/** Reads checkpoints, in the order of their sizes. One that cannot be used is a finding. */
export function readCheckpoints(
  crypto: SealCrypto,
  given: readonly GivenCheckpoint[],
  { origin, keys }: { readonly origin: string; readonly keys: readonly VerifierKey[] },
  findings: Findings,
): KnownCheckpoint[] {
  const known = given.flatMap(({ called, note, held }): KnownCheckpoint[] => {
    try {
      const signed = parseNote(note);
      const checkpoint = parseCheckpoint(signed.text);
      if (checkpoint.origin !== origin) {
        findings.add('CHECKPOINT_ALTERED', null, `${called} is of another ledger, ${checkpoint.origin}.`);
        return [];
      }
      const { good, bad } = signersOf(crypto, signed, keys);
      const [wrong] = bad;
      if (wrong !== undefined)
        findings.add(
          'CHECKPOINT_ALTERED',
          null,
          `${called} (${checkpoint.size} events) is not signed by the key ${wrong.id}, as it says. It was altered, or signed by somebody else.`,
        );
      // One that is kept elsewhere may be signed by a key that is not known here; it is known by having been kept.
      if (bad.length > 0) return [];
      if (good.length === 0 && !held) {
        findings.add(
          'CHECKPOINT_ALTERED',
          null,
          `${called} (${checkpoint.size} events) is signed by no key that is named.`,
        );
        return [];
      }
      return [{ ...checkpoint, called, held, signed }];
    } catch (error) {
      if (!(error instanceof InvalidNoteError)) throw error;
      findings.add('CHECKPOINT_ALTERED', null, `${called} cannot be used. ${error.message}`);
      return [];
    }
  });
  return known.sort((one, other) => one.size - other.size || (one.time < other.time ? -1 : 1));
}
