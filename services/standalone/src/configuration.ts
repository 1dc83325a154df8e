import { relative, resolve, sep } from 'node:path';
import { defaultFolder, isLive } from '@ledger/ledger-folder';
import {
  ConfigurationError,
  readSettings,
  settingsOf,
  traceSettings,
  usualPorts,
  type Environment,
  type ListeningAddress,
  type Settings,
  type TraceSettings,
} from '@ledger/operations';

/** An identity provider, as the environment names it. */
export interface ProviderSettings {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly audience: string;
}

/** What the standalone server is told by environment and arguments. */
export interface Configuration {
  readonly port: number;
  /** The address it listens on, loopback unless said otherwise: anything else is for a live ledger behind HTTPS. */
  readonly host?: string;
  /** Where people reach it, where that is not this machine. */
  readonly publicUrl?: URL | undefined;
  /** Where health and metrics are answered besides, to more than this machine. */
  readonly operationsOn?: ListeningAddress | undefined;
  /** Where traces are sent, if anywhere. */
  readonly traces?: TraceSettings | undefined;
  /** The folder of the ledger's files. */
  readonly folder: string;
  /** False for `--empty`: a demonstration ledger with register and catalogue only. */
  readonly full: boolean;
  readonly provider?: ProviderSettings | undefined;
  /** A folder outside the ledger’s to which checkpoints are copied; goes before what ledger.json says. */
  readonly checkpoints?: string | undefined;
  /** The command that looks through evidence for viruses, with its parameters. */
  readonly scanner?: readonly string[] | undefined;
}

const loopback = /^(127\.0\.0\.1|::1|localhost)$/;

/**
 * @throws ConfigurationError for a ledger that would be open to the network without HTTPS and sign-in. A demonstration
 * listens to more than this machine only where its operator says that it is reached on this machine all the same: in
 * a container, whose port is published on loopback.
 */
export function checkOpenness({
  host = '127.0.0.1',
  publicUrl,
  live,
}: Pick<Configuration, 'host' | 'publicUrl'> & { readonly live: boolean }): void {
  if (loopback.test(host)) return;
  if (!live) {
    if (publicUrl !== undefined && loopback.test(publicUrl.hostname)) return;
    throw new ConfigurationError(
      'HOST: a demonstration ledger has no sign-in and answers on this machine only; leave HOST out, or open a live ledger with `ledger init`. In a container whose port is published on this machine alone, set LEDGER_PUBLIC_URL to http://127.0.0.1:PORT.',
    );
  }
  if (publicUrl?.protocol !== 'https:')
    throw new ConfigurationError(
      'HOST: a ledger that listens to the network is reached over HTTPS; set LEDGER_PUBLIC_URL to its https:// address (a proxy in front ends TLS).',
    );
}

/**
 * Checkpoints that lie in the ledger's own folder would be rewritten with it, and prove nothing.
 * @throws ConfigurationError
 */
export function checkCopyPlace(folder: string, copyTo: string | undefined): void {
  if (copyTo === undefined) return;
  const [first] = relative(resolve(folder), resolve(copyTo)).split(sep);
  if (first !== '..')
    throw new ConfigurationError(
      `Checkpoints are copied to a place outside the folder of the ledger, not to ${copyTo}: who rewrites the ledger must not reach them. Name another with LEDGER_CHECKPOINTS or in ledger.json.`,
    );
}

type ProviderNames =
  'LEDGER_OIDC_ISSUER' | 'LEDGER_OIDC_CLIENT_ID' | 'LEDGER_OIDC_CLIENT_SECRET' | 'LEDGER_OIDC_AUDIENCE';

/** @throws ConfigurationError where only some of its settings are set */
export function providerOf(settings: Settings<ProviderNames>): ProviderSettings | undefined {
  const { LEDGER_OIDC_ISSUER: issuer, LEDGER_OIDC_CLIENT_ID: clientId } = settings;
  const { LEDGER_OIDC_CLIENT_SECRET: clientSecret, LEDGER_OIDC_AUDIENCE: audience } = settings;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new ConfigurationError(
      'LEDGER_OIDC_ISSUER, LEDGER_OIDC_CLIENT_ID and LEDGER_OIDC_CLIENT_SECRET are set together, or not at all.',
    );
  return { issuer, clientId, clientSecret, audience: audience ?? clientId };
}

/** @throws ConfigurationError naming the setting */
export function readConfiguration(environment: Environment, argv: readonly string[]): Configuration {
  const settings = readSettings(environment, settingsOf('standalone'));
  const unknown = argv.filter((argument) => argument !== '--empty');
  if (unknown.length > 0)
    throw new ConfigurationError(
      `There is no argument ${unknown[0]}. The only one is --empty, for a ledger without records.`,
    );
  const full = !argv.includes('--empty');
  const { LEDGER_PUBLIC_URL } = settings;
  const configuration = {
    port: settings.PORT ?? usualPorts.standalone,
    host: settings.HOST ?? '127.0.0.1',
    publicUrl: LEDGER_PUBLIC_URL === undefined ? undefined : new URL(LEDGER_PUBLIC_URL),
    operationsOn: settings.LEDGER_OPERATIONS,
    traces: traceSettings('standalone', settings.OTEL_EXPORTER_OTLP_ENDPOINT),
    folder: settings.LEDGER_DATA ?? defaultFolder(full),
    full,
    provider: providerOf(settings),
    checkpoints: settings.LEDGER_CHECKPOINTS,
    scanner: settings.LEDGER_EVIDENCE_SCANNER,
  };
  checkOpenness({ ...configuration, live: isLive(configuration.folder) });
  return configuration;
}
