import { eventTypes, jsonSchemaOf } from '@ledger/events';
import { FormTokens, openApiOf, ProblemError, serveHttp, type Identify, type OnDenied } from '@ledger/http';
import {
  Metrics,
  Operations,
  startTracing,
  type ListeningAddress,
  type TraceSettings,
} from '@ledger/operations';
import { pageAssets } from '@ledger/pages';
import { demonstrationUsers, usualUser } from '@ledger/people';
import { documentedBody } from '@ledger/recording';
import { measureLedger, type MeasuredLedger } from './measuring';
import type { Readiness } from './readiness';
import { routersOf, type Served } from './routes';
import type { AskedLedger } from './served-ledger';
import type { TimeAppend } from './timed-log';

/** A ledger that is served, and let go of when that ends. */
export type ServableLedger = AskedLedger & MeasuredLedger & { close(): Promise<void> };

/** Where a service listens, and what it is reached as. */
export interface ServedAt {
  readonly port: number;
  readonly host?: string;
  readonly operationsOn?: ListeningAddress | undefined;
  readonly publicUrl?: URL | undefined;
  readonly live: boolean;
  /** Where traces are sent, if anywhere. */
  readonly traces?: TraceSettings | undefined;
}

/** What a service is given to open its ledger with. */
export interface Opening {
  /** Where the service is reached on this machine. */
  readonly url: string;
  /** Says how far it has come. */
  readonly say: (readiness: Readiness) => void;
  /** Says that nobody waits for it any more. */
  readonly signal: AbortSignal;
  readonly timeAppend: TimeAppend;
}

/** What one service serves, before it is told which ledger; `open` throws while that is not ready. */
export interface LedgerService<L extends ServableLedger> {
  readonly served: (open: () => L) => Served;
  readonly identify: (open: () => L) => Identify;
  readonly open: (opening: Opening) => Promise<L>;
  /** How a ledger stands that was opened, where it is not simply ready. */
  readonly standing: (ledger: L) => Readiness | undefined;
}

/** A service that listens. */
export interface LedgerServer {
  readonly url: string;
  /** Resolves when everything is loaded and projected; rejects with why it cannot be. */
  readonly ready: Promise<void>;
  readonly readiness: () => Readiness;
  stop(): Promise<void>;
}

function documentOf({ commands, questions }: Served, live: boolean): unknown {
  return openApiOf([...commands.map(documentedBody), ...questions], {
    title: 'Programme activity ledger',
    version: '0.1.0',
    description:
      'Record what programmes did; ask annual totals, savings and take-up, as at a date and as recorded by another.',
    schemas: Object.fromEntries(eventTypes.map((type) => [type, jsonSchemaOf(type)])),
    ...(!live && { users: demonstrationUsers.map(({ name }) => name), usualUser }),
  });
}

/** Starts listening at once and gets the ledger ready meanwhile. @throws where the port is taken */
export async function serveLedger<L extends ServableLedger>(
  { port, host = '127.0.0.1', operationsOn, publicUrl, live, traces }: ServedAt,
  service: LedgerService<L>,
): Promise<LedgerServer> {
  const stopping = new AbortController();
  let ledger: L | undefined;
  let readiness: Readiness = { state: 'loading', done: 0, total: 0, doing: 'opening' };
  const open = (): L => {
    if (ledger !== undefined) return ledger;
    const detail = 'The ledger is getting ready; see /health/ready for how far it is.';
    throw new ProblemError(503, 'NOT_READY', detail, { headers: { 'Retry-After': '1' } });
  };
  const readinessNow = (): Readiness => (ledger && service.standing(ledger)) ?? readiness;
  const tracing = await startTracing(traces);
  const metrics = new Metrics();
  measureLedger(metrics, () => ledger);
  const health = () => {
    const standing = readinessNow();
    return { ready: standing.state === 'ready', standing };
  };
  const denied: OnDenied = (actor, route) => {
    ledger?.audit.add({ actor: actor?.id ?? null, what: 'denied', route });
  };
  // Of all services of a ledger, so that a page of one may hold a form of another.
  const tokens = new FormTokens(publicUrl?.protocol === 'https:', () => open().vault.keyed('form-tokens'));
  const served = service.served(open);
  const server = await serveHttp({
    on: { host, port },
    operationsOn,
    operations: new Operations({ health, metrics, tracing }),
    publicUrl,
    identify: service.identify(open),
    document: documentOf(served, live),
    assets: pageAssets(),
    routers: routersOf(served, open, { denied, tokens }),
  });
  const getReady = async (): Promise<void> => {
    try {
      ledger = await service.open({
        url: server.url,
        say: (said) => (readiness = said),
        signal: stopping.signal,
        timeAppend: async (append, correlation) =>
          metrics.append(async () => tracing.append(correlation, append)),
      });
      readiness = { state: 'ready' };
    } catch (error) {
      readiness = { state: 'failed', reason: error instanceof Error ? error.message : String(error) };
      throw error;
    }
  };
  const ready = getReady();
  return {
    url: server.url,
    ready,
    readiness: readinessNow,
    stop: async () => {
      stopping.abort(new Error('The service is being stopped'));
      await server.stop();
      await ready.catch(() => undefined);
      await ledger?.close();
      await tracing.stop();
    },
  };
}
