import { MemoryReadStore } from '@ledger/read-store';
import { parseKey, portableCrypto, verifyBundle, type Chunks } from '@ledger/seal';
import { recomputeFigures } from '../bundle/recompute';
import { withFigures, type VerdictWithFigures } from '../bundle/with-figures';
import { MemoryLog } from './memory-log';

/** What somebody chose on the page. */
interface Chosen {
  readonly bundle: Chunks;
  /** Texts of public keys. */
  readonly keys: readonly string[];
  readonly held: readonly { readonly called: string; readonly note: Uint8Array }[];
  readonly onProgress: (events: number, of: number) => void;
  /** The same while figures are counted again; the page has its turn meanwhile. */
  readonly onCounting: (events: number, of: number) => Promise<void>;
}

/**
 * Verifies in a browser what the command verifies in Node, figures too, by the same code.
 * @throws NotABundleError, InvalidKeyError
 */
async function verify({ keys, onCounting, ...chosen }: Chosen): Promise<VerdictWithFigures> {
  const log = new MemoryLog();
  const { verdict, figures } = await verifyBundle(chosen.bundle, {
    ...chosen,
    crypto: portableCrypto,
    keys: keys.map((key) => parseKey(portableCrypto, key)),
    onEvent: (bytes, hasFigures) => {
      if (hasFigures) log.add(bytes);
    },
  });
  // Figures of events that are not those that were recorded say nothing.
  if (figures.length === 0 || verdict.outcome === 'failed') return { ...verdict, figures: 0 };
  const store = new MemoryReadStore();
  const onApplied = async (events: number): Promise<void> => onCounting(events, log.size);
  return withFigures(verdict, figures, await recomputeFigures({ log, store, onApplied }, figures));
}

// The page that this is built into has no modules.
Object.assign(globalThis, { ledgerVerifier: { verify } });
