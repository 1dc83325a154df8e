import { join, resolve } from 'node:path';
import type { LogAddress } from '@ledger/event-log';
import { isLive } from '@ledger/ledger-folder';
import {
  ConfigurationError,
  needed,
  readSettings,
  settingsOf,
  traceSettings,
  usualPorts,
  type Environment,
  type Settings,
} from '@ledger/operations';
import { checkOpenness, providerOf, type ProviderSettings, type ServedAt } from '@ledger/standalone';
import type { VaultAddress } from '@ledger/vault';

/** What recording and reporting are told alike. */
export interface Configuration extends ServedAt {
  readonly host: string;
  readonly publicUrl: URL | undefined;
  /** Of what has no engine of its own: settings, keys, accounts, seals, the audit file. */
  readonly folder: string;
  readonly log: LogAddress;
  /** The address of a database; it holds a password. */
  readonly readModels: string;
  readonly vault: VaultAddress;
  readonly vaultKey: string;
  /** The address of the accounts of a live ledger; it holds a password. */
  readonly accounts: string | undefined;
  readonly provider: ProviderSettings | undefined;
}

/** What recording is told besides. */
export interface RecordingConfiguration extends Configuration {
  readonly checkpoints: string | undefined;
  readonly scanner: readonly string[] | undefined;
}

type SharedNames =
  | 'HOST'
  | 'PORT'
  | 'LEDGER_PUBLIC_URL'
  | 'LEDGER_OPERATIONS'
  | 'LEDGER_DATA'
  | 'LEDGER_LOG'
  | 'LEDGER_READ_MODELS'
  | 'LEDGER_VAULT'
  | 'LEDGER_VAULT_KEY'
  | 'LEDGER_ACCOUNTS'
  | 'LEDGER_OIDC_ISSUER'
  | 'LEDGER_OIDC_CLIENT_ID'
  | 'LEDGER_OIDC_CLIENT_SECRET'
  | 'LEDGER_OIDC_AUDIENCE'
  | 'OTEL_EXPORTER_OTLP_ENDPOINT';

function shared(settings: Settings<SharedNames>, program: 'recording' | 'reporting'): Configuration {
  const folder = resolve(needed(settings, 'LEDGER_DATA'));
  const { LEDGER_PUBLIC_URL: publicUrl } = settings;
  const configuration = {
    port: settings.PORT ?? usualPorts[program],
    host: settings.HOST ?? '127.0.0.1',
    operationsOn: settings.LEDGER_OPERATIONS,
    traces: traceSettings(program, settings.OTEL_EXPORTER_OTLP_ENDPOINT),
    publicUrl: publicUrl === undefined ? undefined : new URL(publicUrl),
    live: isLiveHere(program, folder, settings.LEDGER_ACCOUNTS),
    folder,
    log: needed(settings, 'LEDGER_LOG'),
    readModels: needed(settings, 'LEDGER_READ_MODELS'),
    vault: needed(settings, 'LEDGER_VAULT'),
    vaultKey: settings.LEDGER_VAULT_KEY ?? join(folder, 'vault.key'),
    accounts: settings.LEDGER_ACCOUNTS,
    provider: providerOf(settings),
  };
  checkOpenness(configuration);
  return configuration;
}

/**
 * Recording knows a live ledger by its folder, reporting by being told its accounts: so neither takes one for the other.
 * @throws ConfigurationError for accounts without a live ledger
 */
function isLiveHere(
  program: 'recording' | 'reporting',
  folder: string,
  accounts: string | undefined,
): boolean {
  if (program === 'reporting') return accounts !== undefined;
  const live = isLive(folder);
  if (!live && accounts !== undefined)
    throw new ConfigurationError(
      'LEDGER_ACCOUNTS: LEDGER_DATA is not the folder of a live ledger, and a demonstration has no accounts. Make one with `ledger init`, or leave LEDGER_ACCOUNTS out.',
    );
  return live;
}

/** @throws ConfigurationError naming the setting */
export function readRecording(environment: Environment): RecordingConfiguration {
  const settings = readSettings(environment, settingsOf('recording'));
  return {
    ...shared(settings, 'recording'),
    checkpoints: settings.LEDGER_CHECKPOINTS,
    scanner: settings.LEDGER_EVIDENCE_SCANNER,
  };
}

/** @throws ConfigurationError naming the setting */
export function readReporting(environment: Environment): Configuration {
  return shared(readSettings(environment, settingsOf('reporting')), 'reporting');
}
