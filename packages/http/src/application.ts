import { randomUUID } from 'node:crypto';
import express, {
  type Express,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
  type Router,
} from 'express';
import { setActor, type Identify } from './actor-of';
import { asProblem } from './error-mapping';
import { ProblemError, sendProblem } from './problem';

/** What an unexpected error is logged with; never what a request held. */
export interface ErrorLog {
  error(fields: {
    readonly correlationId: string;
    readonly method: string;
    readonly path: string;
    readonly error: unknown;
  }): void;
}

const contentPolicy =
  "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/** Names of this machine under which a ledger that listens on loopback may be asked. */
const loopback = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** What an application is reached as, and who is reaching it. */
export interface ApplicationSettings {
  /** Where the ledger is published, where it is: `https://ledger.example.org`. Loopback is always taken. */
  readonly publicUrl?: URL | undefined;
  readonly identify: Identify;
  readonly log: ErrorLog;
}

/** A page of another site must not reach a ledger through a name that leads to this machine. */
function hostCheck(publicUrl: URL | undefined): RequestHandler {
  return (request, _response, next) => {
    const host = request.headers.host ?? '';
    const published = publicUrl !== undefined && host === publicUrl.host;
    if (!published && !loopback.test(host))
      throw new ProblemError(
        403,
        'WRONG_HOST',
        publicUrl === undefined
          ? 'This ledger answers on this machine only, as localhost or 127.0.0.1.'
          : `This ledger answers as ${publicUrl.host}.`,
      );
    const { origin } = request.headers;
    const own = published && publicUrl !== undefined ? publicUrl.origin : `http://${host}`;
    if (request.method !== 'GET' && request.method !== 'HEAD' && origin !== undefined && origin !== own)
      throw new ProblemError(
        403,
        'WRONG_ORIGIN',
        'Commands are taken from this ledger’s own pages only, not from another site.',
      );
    next();
  };
}

/** An Express application with what every service shares: host check, sign-in, JSON, problems in place of stack traces. */
export function createApplication(
  routers: readonly Router[],
  { publicUrl, identify, log }: ApplicationSettings,
): Express {
  const application = express();
  application.disable('x-powered-by');
  application.set('query parser', 'simple');
  const https = publicUrl?.protocol === 'https:';
  application.use((_request, response, next) => {
    response.setHeader('Content-Security-Policy', contentPolicy);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Referrer-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Permissions-Policy', 'camera=(), geolocation=(), microphone=()');
    response.setHeader('Cache-Control', 'no-store');
    if (https) response.setHeader('Strict-Transport-Security', 'max-age=31536000');
    next();
  });
  application.use(hostCheck(publicUrl));
  application.use(async (request, _response, next) => {
    setActor(request, await identify(request));
    next();
  });
  application.use(express.json({ limit: '5mb', strict: false }));
  for (const router of routers) application.use(router);
  application.use((request: Request) => {
    throw new ProblemError(
      404,
      'NOT_FOUND',
      `There is nothing at ${request.path.slice(0, 200)}. The API is described at /openapi.json.`,
    );
  });
  // Express tells an error handler by its four parameters.
  application.use((error: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = asProblem(error);
    if (problem !== undefined) {
      sendProblem(response, problem);
      return;
    }
    const correlationId = randomUUID();
    log.error({ correlationId, method: request.method, path: request.path, error });
    sendProblem(
      response,
      new ProblemError(
        500,
        'INTERNAL',
        'Something went wrong in the ledger; nothing was recorded. Try again, and report the correlation id.',
      ),
      correlationId,
    );
  });
  return application;
}
