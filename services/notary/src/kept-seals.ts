import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventLog } from '@ledger/event-log';
import type { Sealing } from './checking';
import { CheckpointCopies } from './copies';
import { originOf, sealsFile } from './notary';
import { SealedLog } from './sealed-log';
import { SealStore } from './store/seal-store';

/** The seals of a ledger as they are kept in its folder, to be held against a log without running its notary. */
export class KeptSeals implements Sealing {
  readonly origin: string;
  readonly evidence: Sealing['evidence'];
  readonly #store: SealStore;

  private constructor(store: SealStore, ledger: string, copyTo: string | undefined) {
    this.#store = store;
    this.origin = originOf(ledger);
    // It is asked for hashes that are kept alone: the log is never read by it.
    const nothing: Pick<EventLog, 'readPage'> = { readPage: async () => [] };
    const sealed = new SealedLog(nothing, store);
    this.evidence = {
      size: sealed.size,
      leafTile: (number) => sealed.leafTile(number),
      store,
      held: copyTo === undefined ? undefined : new CheckpointCopies(copyTo, ledger),
    };
  }

  /**
   * @param copyTo where checkpoints were copied to, if anywhere
   * @returns undefined where the folder holds no seals
   */
  static open(folder: string, ledger: string, copyTo: string | undefined): KeptSeals | undefined {
    const file = join(folder, sealsFile);
    if (!existsSync(file)) return undefined;
    const store = SealStore.openToRead(file);
    try {
      return new KeptSeals(store, ledger, copyTo);
    } catch (error) {
      store.close();
      throw error;
    }
  }

  close(): void {
    this.#store.close();
  }
}
