import { createServer } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  listen,
  serveOperations,
  type ListeningAddress,
  type Listening,
  type Operations,
  type TracedRequest,
} from '@ledger/operations';
import { Router, type Request } from 'express';
import pino from 'pino';
import type { Identify } from './actor-of';
import { createApplication } from './application';
import { nearAddresses } from './near-addresses';
import { ProblemError, problemOf } from './problem';
import { sendJson } from './routes';

/** What a server of pages and questions is made of. */
export interface ServingParts {
  readonly on: ListeningAddress;
  /** Where health and metrics are answered besides, to more than this machine. */
  readonly operationsOn?: ListeningAddress | undefined;
  readonly operations: Operations;
  /** Where people reach it, where that is not this machine. */
  readonly publicUrl?: URL | undefined;
  readonly identify: Identify;
  /** The OpenAPI document. */
  readonly document: unknown;
  /** Style sheets and the like, by path. */
  readonly assets: Readonly<Record<string, { readonly type: string; readonly text: string }>>;
  readonly routers: readonly Router[];
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

/** Numbers only, and to a Prometheus on this machine only: nobody signs in to ask for them. */
function isLocal(request: Request): boolean {
  return (
    /^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '') &&
    request.get('X-Forwarded-For') === undefined
  );
}

/** The route that a request was answered by, with names in the place of what was asked. */
function routeOf(request: Request): string | undefined {
  const route: unknown = request.route;
  const path: unknown = typeof route === 'object' && route !== null ? Reflect.get(route, 'path') : undefined;
  return typeof path === 'string' ? path : undefined;
}

/** Health and metrics, then timing and tracing of all that comes after. */
function operationsRouter(operations: Operations): Router {
  const { metrics, tracing } = operations.parts;
  const router = Router();
  router.use(async (request, response, next) => {
    if (request.path === '/metrics' && !isLocal(request))
      throw new ProblemError(403, 'LOCAL_ONLY', 'Metrics are answered on this machine only.');
    const { method, headers } = request;
    if (/^(GET|HEAD)$/.test(method) && (await operations.answer(request.path, response))) return;
    const answered = metrics.request(method);
    response.on('finish', () => answered(response.statusCode));
    const traced: TracedRequest = {
      method,
      headers,
      whenAnswered: (ended) => response.on('close', () => ended(response.statusCode, routeOf(request))),
    };
    if (tracing === undefined) next();
    else tracing.request(traced, next);
  });
  return router;
}

function documentsRouter({ document, assets }: Pick<ServingParts, 'document' | 'assets'>): Router {
  const router = Router();
  router.get('/openapi.json', (_request, response) => sendJson(response, document));
  for (const [path, { type, text }] of Object.entries(assets))
    router.get(path, (_request, response) => {
      response.type(type).setHeader('Cache-Control', 'max-age=3600');
      response.send(text);
    });
  return router;
}

/** The addresses that an OpenAPI document describes. */
function pathsOf(document: unknown): readonly string[] {
  const paths: unknown =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'paths') : undefined;
  return typeof paths === 'object' && paths !== null ? Object.keys(paths) : [];
}

/**
 * Serves routes and pages with what every service has around them: health, metrics, OpenAPI, assets, sign-in and
 * problems. Stopped, it answers the requests under way first. @throws where a port is taken
 */
export async function serveHttp(parts: ServingParts): Promise<Listening> {
  const { on, operationsOn, operations, publicUrl, identify } = parts;
  const application = createApplication(
    [
      operationsRouter(operations),
      documentsRouter(parts),
      ...parts.routers,
      nearAddresses(pathsOf(parts.document)),
    ],
    {
      publicUrl,
      identify: async (request) => (withoutSignIn.test(request.path) ? undefined : identify(request)),
      log: pino({ level: 'error' }),
    },
  );
  const server = createServer(timeLimits, application);
  server.on('clientError', refuseBrokenRequest);
  const url = await listen(server, on);
  const besides = operationsOn && (await serveOperations(operations, operationsOn));
  return {
    url,
    stop: async () => {
      // Requests under way are answered first; idle connections are closed.
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await closed;
      await besides?.stop();
    },
  };
}
