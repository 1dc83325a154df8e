import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { z } from 'zod';
import { ledgerFile } from './live/ledger-file';

/** A setting that is not as it should be: the process ends with its message and nothing else. */
export class ConfigurationError extends Error {
  readonly code = 'CONFIGURATION';
}

const Environment = z.object({
  PORT: z.coerce.number({ error: 'must be a port number' }).int().min(0).max(65535).default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  LEDGER_DATA: z.string().min(1, 'must name a folder').optional(),
  LEDGER_PUBLIC_URL: z.url('must be an address such as https://ledger.example.org').optional(),
  LEDGER_CHECKPOINTS: z.string().min(1, 'must name a folder').optional(),
  LEDGER_OIDC_ISSUER: z.url('must be the address of an identity provider').optional(),
  LEDGER_OIDC_CLIENT_ID: z.string().min(1).optional(),
  LEDGER_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  LEDGER_OIDC_AUDIENCE: z.string().min(1).optional(),
  LEDGER_EVIDENCE_SCANNER: z.string().min(1, 'must name a command').optional(),
});

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

/** Where a ledger lies if nobody says otherwise: in the project's own folder, whatever folder one stands in. */
export function defaultFolder(full: boolean): string {
  return join(__dirname, '..', '..', '..', 'data', full ? 'demonstration' : 'empty');
}

/** Whether a folder holds a live ledger: `ledger init` made it, and nothing turns a demonstration into one. */
export function isLive(folder: string): boolean {
  return existsSync(join(folder, ledgerFile));
}

const loopback = /^(127\.0\.0\.1|::1|localhost)$/;

/** @throws ConfigurationError for a ledger that would be open to the network without HTTPS and sign-in */
function checkOpenness({ host = '127.0.0.1', publicUrl, folder }: Configuration): void {
  if (loopback.test(host)) return;
  if (!isLive(folder))
    throw new ConfigurationError(
      'HOST: a demonstration ledger has no sign-in and answers on this machine only; leave HOST out, or open a live ledger with `ledger init`.',
    );
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

function providerOf(environment: z.infer<typeof Environment>): ProviderSettings | undefined {
  const { LEDGER_OIDC_ISSUER: issuer, LEDGER_OIDC_CLIENT_ID: clientId } = environment;
  const { LEDGER_OIDC_CLIENT_SECRET: clientSecret, LEDGER_OIDC_AUDIENCE: audience } = environment;
  if (issuer === undefined && clientId === undefined && clientSecret === undefined) return undefined;
  if (issuer === undefined || clientId === undefined || clientSecret === undefined)
    throw new ConfigurationError(
      'LEDGER_OIDC_ISSUER, LEDGER_OIDC_CLIENT_ID and LEDGER_OIDC_CLIENT_SECRET are set together, or not at all.',
    );
  return { issuer, clientId, clientSecret, audience: audience ?? clientId };
}

/** @throws ConfigurationError naming the setting */
export function readConfiguration(environment: NodeJS.ProcessEnv, argv: readonly string[]): Configuration {
  const parsed = Environment.safeParse(environment);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigurationError(`${issue?.path.join('.')}: ${issue?.message}.`);
  }
  const unknown = argv.filter((argument) => argument !== '--empty');
  if (unknown.length > 0)
    throw new ConfigurationError(
      `There is no argument ${unknown[0]}. The only one is --empty, for a ledger without records.`,
    );
  const full = !argv.includes('--empty');
  const { PORT, HOST, LEDGER_DATA, LEDGER_PUBLIC_URL, LEDGER_CHECKPOINTS, LEDGER_EVIDENCE_SCANNER } =
    parsed.data;
  const configuration = {
    port: PORT,
    host: HOST,
    publicUrl: LEDGER_PUBLIC_URL === undefined ? undefined : new URL(LEDGER_PUBLIC_URL),
    folder: LEDGER_DATA ?? defaultFolder(full),
    full,
    provider: providerOf(parsed.data),
    checkpoints: LEDGER_CHECKPOINTS,
    scanner: LEDGER_EVIDENCE_SCANNER?.trim().split(/\s+/),
  };
  checkOpenness(configuration);
  return configuration;
}
