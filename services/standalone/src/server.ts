import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { OidcSignIn, type Actor } from '@ledger/access';
import { eventTypes, jsonSchemaOf } from '@ledger/events';
import { createApplication, openApiOf, ProblemError, problemOf, sendJson } from '@ledger/http';
import { pageAssets } from '@ledger/pages';
import { demonstrationUsers, identifyLive, identifyVisitor, usualUser } from '@ledger/people';
import { documentedBody } from '@ledger/recording';
import { Router, type Request } from 'express';
import pino from 'pino';
import { isLive, type Configuration } from './configuration';
import { healthRoutes, type Readiness } from './health';
import { Metrics } from './metrics';
import { openLedger, type OpenLedger } from './open-ledger';
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

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A listening TCP server has an address with a port.
  const { port: bound } = server.address() as AddressInfo;
  return `http://127.0.0.1:${bound}`;
}

/** Answered before anybody could be signed in. */
const withoutSignIn = /^\/(health\/|metrics$|openapi\.json$|assets\/)/;

/** A client that stalls is let go of soon: nobody is kept waiting by those who only pretend to send. */
const timeLimits = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 1000,
  keepAliveTimeout: 10_000,
} as const;

/** What is no HTTP at all never reaches a route; it is answered in words too, where the client still listens. */
function refuseBrokenRequest(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? 431 : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
  const problem = problemOf(
    new ProblemError(status, 'BROKEN_REQUEST', 'This is no HTTP request that can be read; send it anew.'),
  );
  const text = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${status} ${problem.title}\r\nConnection: close\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
  );
}

/** Starts listening at once and gets the ledger ready meanwhile. @throws where the port is taken */
export async function startStandalone(configuration: Configuration): Promise<Standalone> {
  const { port, host = '127.0.0.1', folder, full, publicUrl, provider, checkpoints, scanner } = configuration;
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
  const log = pino({ level: 'error' });
  // A log that takes nothing more serves questions still; only a restart mends it.
  const readinessNow = (): Readiness => {
    if (ledger?.log.failure !== undefined) return { state: 'failed', reason: ledger.log.failure.message };
    if (ledger?.models.hindrance === undefined) return readiness;
    const hindrance = `Answers stay at position ${ledger.models.applied}: the disk of the read models is full or failing. Recording goes on; make room.`;
    return { state: 'ready', hindrance };
  };
  const metrics = new Metrics(() => ledger);
  const routes = allRoutes(open, { oidc: () => oidc, secure });
  const document = openApiOf([...routes.commands.map(documentedBody), ...routes.questions], {
    title: 'Programme activity ledger',
    version: '0.1.0',
    description:
      'Record what programmes did; ask annual totals, savings and take-up, as at a date and as recorded by another.',
    schemas: Object.fromEntries(eventTypes.map((type) => [type, jsonSchemaOf(type)])),
    ...(!live && { users: demonstrationUsers.map(({ name }) => name), usualUser }),
  });
  const api = Router();
  api.use(metrics.timing);
  api.get('/openapi.json', (_request, response) => sendJson(response, document));
  for (const [path, { type, text }] of Object.entries(pageAssets()))
    api.get(path, (_request, response) => {
      response.type(type).setHeader('Cache-Control', 'max-age=3600');
      response.send(text);
    });

  const accounts = (): NonNullable<OpenLedger['accounts']> => {
    const { accounts: kept } = open();
    if (kept === undefined) throw new RangeError('A live ledger has accounts');
    return kept;
  };
  const liveIdentity = identifyLive({ accounts, oidc: () => oidc, operatorToken, secure });
  const identify = async (request: Request): Promise<Actor | undefined> => {
    if (withoutSignIn.test(request.path)) return undefined;
    return live ? liveIdentity(request) : identifyVisitor(request);
  };
  const denied = (actor: Actor | undefined, route: string): void => {
    ledger?.audit.add({ actor: actor?.id ?? null, what: 'denied', route });
  };
  const application = createApplication(
    [healthRoutes(readinessNow), metrics.routes(), api, ...routes.routers(denied)],
    { publicUrl, identify, log },
  );
  const server = createServer(timeLimits, application);
  server.on('clientError', refuseBrokenRequest);
  const url = await listen(server, host, port);

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
      // Requests under way are answered first; idle connections are closed.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
      await ready.catch(() => undefined);
      removeServerFile(folder);
      await ledger?.close();
    },
  };
}
