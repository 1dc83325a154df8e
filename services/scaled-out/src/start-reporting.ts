import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AuditFile } from '@ledger/access';
import { followLog, type FollowedLog } from '@ledger/event-log';
import { positionsFile } from '@ledger/operations';
import { identifyVisitor } from '@ledger/people';
import {
  openingOf,
  serveLedger,
  servedQuestions,
  today,
  type LedgerServer,
  WrongLedgerError,
  type ServableLedger,
} from '@ledger/standalone';
import { demonstrationSecret, openVault } from '@ledger/vault';
import type { Configuration } from './configuration';
import { FollowedModels } from './followed-models';
import { standingOf } from './standing';
import { waitingFor, type Waiting } from './waiting';

type Asked = ServableLedger & { readonly models: FollowedModels };

/** A log that is missing, being made or away comes; one of another sort does not. */
const isTransient = (error: unknown): error is Error =>
  error instanceof Error && !(error instanceof WrongLedgerError);

/** @throws WrongLedgerError for a live ledger, whose users this service cannot tell yet */
function checkPurpose(purpose: 'live' | 'demonstration'): void {
  if (purpose === 'live')
    throw new WrongLedgerError(
      'LEDGER_LOG is that of a live ledger. Reporting alone cannot sign anybody in yet; ask the standalone server.',
    );
}

/** Whoever records makes the log; until the first event is in it, there is nothing to report. */
async function openLog({ folder, log }: Configuration, waiting: Waiting): Promise<FollowedLog> {
  return waitingFor(
    async () => {
      const followed = await followLog(log, { indexFile: positionsFile('reporting', folder) });
      try {
        const opening = await openingOf(followed);
        if (opening === undefined) throw new Error('The log is empty still.');
        checkPurpose(opening.purpose);
        return followed;
      } catch (error) {
        await followed.close();
        throw error;
      }
    },
    { ...waiting, later: isTransient },
  );
}

async function open(configuration: Configuration, waiting: Waiting): Promise<Asked> {
  const { folder, vault: vaultAddress, vaultKey, readModels } = configuration;
  mkdirSync(folder, { recursive: true });
  const log = await openLog(configuration, waiting);
  const vault = await waitingFor(
    async () => openVault(vaultAddress, { keyFile: vaultKey, secret: demonstrationSecret }),
    waiting,
  );
  const models = await FollowedModels.open(readModels, log, waiting);
  return {
    purpose: 'demonstration',
    log,
    vault,
    models,
    audit: new AuditFile(join(folder, 'audit.jsonl'), Date.now),
    today,
    close: async () => {
      await models.close();
      await vault.close();
      await log.close();
    },
  };
}

/** Starts the service that answers questions. @throws where the port is taken */
export async function startReporting(configuration: Configuration): Promise<LedgerServer> {
  return serveLedger<Asked>(configuration, {
    served: servedQuestions,
    identify: () => identifyVisitor,
    standing: standingOf,
    open: async ({ say, signal }) =>
      open(configuration, {
        say: (doing) => say({ state: 'loading', done: 0, total: 0, doing }),
        signal,
      }),
  });
}
