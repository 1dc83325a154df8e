import type { Chunks } from '../bundle/lines';
import { verifyBundle, type VerifiedBundle } from '../bundle/verify-bundle';
import { parseKey } from '../notes/keys';
import { portableCrypto } from './portable-crypto';

/** What somebody chose on the page. */
interface Chosen {
  readonly bundle: Chunks;
  /** Texts of public keys. */
  readonly keys: readonly string[];
  readonly held: readonly { readonly called: string; readonly note: Uint8Array }[];
  readonly onProgress: (events: number, of: number) => void;
}

/** Verifies in a browser what the command verifies in Node, by the same code. @throws NotABundleError, InvalidKeyError */
async function verify({ keys, ...chosen }: Chosen): Promise<VerifiedBundle> {
  return verifyBundle(chosen.bundle, {
    ...chosen,
    crypto: portableCrypto,
    keys: keys.map((key) => parseKey(portableCrypto, key)),
  });
}

// The page that this is built into has no modules.
Object.assign(globalThis, { ledgerVerifier: { verify } });
