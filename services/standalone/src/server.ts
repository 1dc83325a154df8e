import { randomBytes } from 'node:crypto';
import { OidcSignIn, type Actor } from '@ledger/access';
import { eventTypes, jsonSchemaOf } from '@ledger/events';
import { openApiOf, ProblemError, serveHttp } from '@ledger/http';
import { Metrics, Operations } from '@ledger/operations';
import { pageAssets } from '@ledger/pages';
import { demonstrationUsers, identifyLive, identifyVisitor, usualUser } from '@ledger/people';
import { documentedBody } from '@ledger/recording';
import type { Request } from 'express';
import { isLive, type Configuration } from './configuration';
import { measureLedger } from './measuring';
import { openLedger, type OpenLedger } from './open-ledger';
import type { Readiness } from './readiness';
import { allRoutes } from './routes';
import { removeServerFile, writeServerFile } from './server-file';

/** A running standalone server. */
export interface Standalone {
  readonly url: string;
  /** The token of whoever keeps the files; only commands on this machine have it. */
  readonly operatorToken: string;
  /** Resolves when everything is loaded and projected; rejects with why it cannot be. */
  readonly ready: Promise<void>;
  readonly readiness: () => Readiness;
  stop(): Promise<void>;
}

/** Starts listening at once and gets the ledger ready meanwhile. @throws where the port is taken */
export async function startStandalone(configuration: Configuration): Promise<Standalone> {
  const { port, host = '127.0.0.1', operationsOn, publicUrl } = configuration;
  const { folder, full, provider, checkpoints, scanner } = configuration;
  const live = isLive(folder);
  const secure = publicUrl?.protocol === 'https:';
  const operatorToken = randomBytes(32).toString('base64url');
  let ledger: OpenLedger | undefined;
  let oidc: OidcSignIn | undefined;
  let readiness: Readiness = { state: 'loading', done: 0, total: 0, doing: 'opening' };
  const open = (): OpenLedger => {
    if (ledger === undefined)
      throw new ProblemError(
        503,
        'NOT_READY',
        'The ledger is getting ready; see /health/ready for how far it is.',
        {
          headers: { 'Retry-After': '1' },
        },
      );
    return ledger;
  };
  // A log that takes nothing more serves questions still; only a restart mends it.
  const readinessNow = (): Readiness => {
    if (ledger?.log.failure !== undefined) return { state: 'failed', reason: ledger.log.failure.message };
    if (ledger?.models.hindrance === undefined) return readiness;
    const hindrance = `Answers stay at position ${ledger.models.applied}: the disk of the read models is full or failing. Recording goes on; make room.`;
    return { state: 'ready', hindrance };
  };
  const metrics = new Metrics();
  measureLedger(metrics, () => ledger);
  const routes = allRoutes(open, { oidc: () => oidc, secure });
  const document = openApiOf([...routes.commands.map(documentedBody), ...routes.questions], {
    title: 'Programme activity ledger',
    version: '0.1.0',
    description:
      'Record what programmes did; ask annual totals, savings and take-up, as at a date and as recorded by another.',
    schemas: Object.fromEntries(eventTypes.map((type) => [type, jsonSchemaOf(type)])),
    ...(!live && { users: demonstrationUsers.map(({ name }) => name), usualUser }),
  });
  const accounts = (): NonNullable<OpenLedger['accounts']> => {
    const { accounts: kept } = open();
    if (kept === undefined) throw new RangeError('A live ledger has accounts');
    return kept;
  };
  const liveIdentity = identifyLive({ accounts, oidc: () => oidc, operatorToken, secure });
  const identify = async (request: Request): Promise<Actor | undefined> =>
    live ? liveIdentity(request) : identifyVisitor(request);
  const denied = (actor: Actor | undefined, route: string): void => {
    ledger?.audit.add({ actor: actor?.id ?? null, what: 'denied', route });
  };
  const operations = new Operations({
    health: () => {
      const standing = readinessNow();
      return { ready: standing.state === 'ready', standing };
    },
    metrics,
  });
  const server = await serveHttp({
    on: { host, port },
    operationsOn,
    operations,
    publicUrl,
    identify,
    document,
    assets: pageAssets(),
    routers: routes.routers(denied),
  });
  const { url } = server;

  const getReady = async (): Promise<void> => {
    if (live && provider !== undefined)
      oidc = await OidcSignIn.discover({
        ...provider,
        redirectUri: new URL('/sign-in/callback', publicUrl ?? url).href,
      });
    ledger = await openLedger({
      folder,
      full,
      checkpoints,
      scanner,
      onProgress: (progress) => {
        readiness = { state: 'loading', ...progress };
      },
    });
  };
  const ready = getReady().then(
    () => {
      readiness = { state: 'ready' };
      writeServerFile(folder, { url, token: operatorToken });
    },
    (error: unknown) => {
      readiness = { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
      throw error;
    },
  );
  return {
    url,
    operatorToken,
    ready,
    readiness: readinessNow,
    stop: async () => {
      await server.stop();
      await ready.catch(() => undefined);
      removeServerFile(folder);
      await ledger?.close();
    },
  };
}
