import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { PostgresAccountStore } from '@ledger/access';
import { openLog } from '@ledger/event-log';
import { positionsFile } from '@ledger/operations';
import { scheduleNumber } from '@ledger/demonstration';
import {
  accountsIn,
  checkDemonstration,
  openDemonstration,
  openLive,
  openServed,
  recordingService,
  serveLedger,
  servedCommands,
  WrongLedgerError,
  type Kept,
  type KeptStores,
  type LedgerServer,
  type Readiness,
  type RecordingLedger,
} from '@ledger/standalone';
import { openVault } from '@ledger/vault';
import type { RecordingConfiguration } from './configuration';
import { FollowedModels } from './followed-models';
import { standingOf } from './standing';

type Opened = RecordingLedger & { readonly models: FollowedModels };

/** The engines that the settings name. */
function storesOf({ folder, log, vault, vaultKey, accounts }: RecordingConfiguration): KeptStores {
  return {
    log: async (clock) => openLog(log, clock, { indexFile: positionsFile('recording', folder) }),
    vault: async (secret) => openVault(vault, { keyFile: vaultKey, secret }),
    accounts: async () => (accounts === undefined ? accountsIn(folder) : PostgresAccountStore.open(accounts)),
  };
}

/** A demonstration in engines that others keep: one of an older schedule is not set aside for them. */
function demonstrationStores(configuration: RecordingConfiguration): KeptStores {
  const stores = storesOf(configuration);
  return {
    ...stores,
    log: async (clock) => {
      const log = await stores.log(clock);
      const schedule = await checkDemonstration(log, { full: true, where: 'LEDGER_LOG' });
      if (schedule === undefined || schedule >= scheduleNumber) return log;
      await log.close();
      throw new WrongLedgerError(
        'LEDGER_LOG holds the demonstration of an earlier release. Begin with an empty log, read models and vault.',
      );
    },
  };
}

async function openKept(
  configuration: RecordingConfiguration,
  say: (readiness: Readiness) => void,
): Promise<Kept> {
  const { folder, live } = configuration;
  if (live) return openLive(folder, storesOf(configuration));
  mkdirSync(folder, { recursive: true });
  return openDemonstration(demonstrationStores(configuration), {
    full: true,
    onProgress: (progress) => say({ state: 'loading', ...progress }),
  });
}

/** Starts the service that records. @throws where the port is taken */
export async function startRecording(configuration: RecordingConfiguration): Promise<LedgerServer> {
  const { live, publicUrl, provider, readModels } = configuration;
  return serveLedger(
    configuration,
    recordingService<Opened>({
      live,
      publicUrl,
      provider,
      // Nobody is told: what the operator does is done on the machine of a standalone ledger.
      operatorToken: randomBytes(32).toString('base64url'),
      served: servedCommands,
      standing: standingOf,
      open: async ({ say, signal, timeAppend }) => {
        const kept = await openKept(configuration, say);
        const waiting = (doing: string): void => say({ state: 'loading', done: 0, total: 0, doing });
        return openServed(kept, { ...configuration, timeAppend }, async () =>
          FollowedModels.open(readModels, kept.log, { say: waiting, signal }),
        );
      },
    }),
  );
}
