import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AuditFile, OidcSignIn, PostgresAccountStore, type AccountStore } from '@ledger/access';
import { followLog, type FollowedLog } from '@ledger/event-log';
import { positionsFile } from '@ledger/operations';
import { identifyLive, identifyVisitor } from '@ledger/people';
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

type Asked = ServableLedger & {
  readonly models: FollowedModels;
  /** Of a live ledger. */
  readonly accounts: AccountStore | undefined;
};

/** A log that is missing, being made or away comes; one of another sort does not. */
const isTransient = (error: unknown): error is Error =>
  error instanceof Error && !(error instanceof WrongLedgerError);

/** @throws WrongLedgerError for a ledger of the other purpose than the settings are for */
function checkPurpose(purpose: 'live' | 'demonstration', live: boolean): void {
  if (purpose === 'live' && !live)
    throw new WrongLedgerError(
      'LEDGER_LOG is that of a live ledger, whose users this service cannot tell: set LEDGER_ACCOUNTS to the database that recording keeps their accounts in.',
    );
  if (purpose === 'demonstration' && live)
    throw new WrongLedgerError(
      'LEDGER_LOG is that of a demonstration, which has no accounts: leave LEDGER_ACCOUNTS out.',
    );
}

/** Whoever records makes the log; until the first event is in it, there is nothing to report. */
async function openLog({ folder, log, live }: Configuration, waiting: Waiting): Promise<FollowedLog> {
  return waitingFor(
    async () => {
      const followed = await followLog(log, { indexFile: positionsFile('reporting', folder) });
      try {
        const opening = await openingOf(followed);
        if (opening === undefined) throw new Error('The log is empty still.');
        checkPurpose(opening.purpose, live);
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
  const {
    folder,
    live,
    vault: vaultAddress,
    vaultKey,
    readModels,
    accounts: accountsAddress,
  } = configuration;
  mkdirSync(folder, { recursive: true });
  const log = await openLog(configuration, waiting);
  const vault = await waitingFor(
    async () =>
      openVault(vaultAddress, { keyFile: vaultKey, secret: live ? undefined : demonstrationSecret }),
    waiting,
  );
  const accounts =
    accountsAddress === undefined
      ? undefined
      : await waitingFor(async () => PostgresAccountStore.open(accountsAddress), waiting);
  const models = await FollowedModels.open(readModels, log, waiting);
  return {
    purpose: live ? 'live' : 'demonstration',
    accounts,
    log,
    vault,
    models,
    audit: new AuditFile(join(folder, 'audit.jsonl'), Date.now),
    today,
    close: async () => {
      await models.close();
      await accounts?.close();
      await vault.close();
      await log.close();
    },
  };
}

/** The accounts by which users are told. */
function accountsOf({ accounts }: Asked): AccountStore {
  if (accounts === undefined) throw new RangeError('A live ledger has accounts');
  return accounts;
}

/** Starts the service that answers questions. @throws where the port is taken */
export async function startReporting(configuration: Configuration): Promise<LedgerServer> {
  const { live, publicUrl, provider } = configuration;
  let oidc: OidcSignIn | undefined;
  return serveLedger<Asked>(configuration, {
    served: servedQuestions,
    // Nobody signs in here: it knows the sessions that recording begins, and the provider's bearer tokens.
    identify: (opened) =>
      live
        ? identifyLive({
            accounts: () => accountsOf(opened()),
            oidc: () => oidc,
            // Nobody is told: this service has nothing for the operator to do.
            operatorToken: randomBytes(32).toString('base64url'),
            secure: publicUrl?.protocol === 'https:',
          })
        : identifyVisitor,
    standing: standingOf,
    open: async ({ say, signal, url }) => {
      if (live && provider !== undefined)
        oidc = await OidcSignIn.discover({
          ...provider,
          redirectUri: new URL('/sign-in/callback', publicUrl ?? url).href,
        });
      return open(configuration, {
        say: (doing) => say({ state: 'loading', done: 0, total: 0, doing }),
        signal,
      });
    },
  });
}
