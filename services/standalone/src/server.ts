import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Router } from 'express';
import { eventTypes, jsonSchemaOf } from '@ledger/events';
import { createApplication, openApiOf, ProblemError, routerOf, sendJson } from '@ledger/http';
import { demonstrationUsers, documentedBody, recordingRoutes, usualUser } from '@ledger/recording';
import { pageRoutes, reportingRoutes, type ReportingParts } from '@ledger/reporting';
import pino from 'pino';
import type { Configuration } from './configuration';
import { healthRoutes, type Readiness } from './health';
import { Metrics } from './metrics';
import { openLedger, type OpenLedger } from './open-ledger';
import { upkeepRoutes } from './upkeep-routes';
import { removeServerFile, writeServerFile } from './server-file';

/** A running standalone server. */
export interface Standalone {
  readonly url: string;
  /** Resolves when everything is loaded and projected; rejects with why it cannot be. */
  readonly ready: Promise<void>;
  readonly readiness: () => Readiness;
  stop(): Promise<void>;
}

/** How long a question waits for a write to be applied. */
const longestWaitMs = 5000;

async function waitFor({ log, follower }: OpenLedger, cursor: string): Promise<void> {
  const position = log.positionOfCursor(cursor);
  const { position: head } = await log.head();
  if (position > head)
    throw new ProblemError(
      400,
      'INVALID_CURSOR',
      `The cursor is beyond the end of the ledger, which is at position ${head}.`,
    );
  try {
    await follower.whenApplied(position, AbortSignal.timeout(longestWaitMs));
  } catch {
    throw new ProblemError(
      503,
      'NOT_APPLIED_YET',
      `Answers have reached position ${follower.applied}, not ${position} yet. Ask again soon.`,
      {
        headers: { 'Retry-After': '1' },
      },
    );
  }
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A listening TCP server has an address with a port.
  const { port: bound } = server.address() as AddressInfo;
  return `http://127.0.0.1:${bound}`;
}

/** Starts listening at once and gets the ledger ready meanwhile. @throws where the port is taken */
export async function startStandalone({ port, folder, full }: Configuration): Promise<Standalone> {
  let ledger: OpenLedger | undefined;
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
  const metrics = new Metrics(() => ledger);
  const commands = recordingRoutes(() => open().recording);
  const parts = (): ReportingParts => {
    const found = open();
    return { queries: found.queries, today: found.today, whenApplied: (cursor) => waitFor(found, cursor) };
  };
  const questions = [...reportingRoutes(parts), ...upkeepRoutes(open)];
  const document = openApiOf([...commands.map(documentedBody), ...questions], {
    title: 'Programme activity ledger',
    version: '0.1.0',
    description:
      'Record what programmes did; ask annual totals, savings and take-up, as at a date and as recorded by another.',
    schemas: Object.fromEntries(eventTypes.map((type) => [type, jsonSchemaOf(type)])),
    users: demonstrationUsers.map(({ name }) => name),
    usualUser,
  });
  const api = Router();
  api.use(metrics.timing);
  api.get('/openapi.json', (_request, response) => sendJson(response, document));
  const application = createApplication(
    [
      healthRoutes(() => readiness),
      metrics.routes(),
      api,
      routerOf([...commands, ...questions]),
      pageRoutes(parts),
    ],
    pino({ level: 'error' }),
  );
  const server = createServer({ requestTimeout: 30_000, headersTimeout: 10_000 }, application);
  const url = await listen(server, port);

  const ready = openLedger({
    folder,
    full,
    onProgress: (progress) => {
      readiness = { state: 'loading', ...progress };
    },
  }).then(
    (opened) => {
      ledger = opened;
      readiness = { state: 'ready' };
      writeServerFile(folder, url);
    },
    (error: unknown) => {
      readiness = { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
      throw error;
    },
  );
  return {
    url,
    ready,
    readiness: () => readiness,
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
