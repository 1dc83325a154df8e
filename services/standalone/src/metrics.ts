import { ProblemError } from '@ledger/http';
import { Router, type RequestHandler } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { OpenLedger } from './open-ledger';

/** What Prometheus may ask: requests, positions, lag, parked events. No names, no texts. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'status'>;

  constructor(ledger: () => OpenLedger | undefined) {
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'ledger_http_request_seconds',
      help: 'How long requests took',
      labelNames: ['method', 'status'],
      registers: [this.#registry],
    });
    const gauge = (name: string, help: string, read: (open: OpenLedger) => Promise<number>): void => {
      const made: Gauge = new Gauge({
        name,
        help,
        registers: [this.#registry],
        collect: async () => {
          const open = ledger();
          if (open !== undefined) made.set(await read(open));
        },
      });
    };
    const head = async ({ log }: OpenLedger): Promise<number> => Number((await log.head()).position);
    gauge('ledger_log_position', 'Position of the last event', head);
    gauge(
      'ledger_projection_lag_events',
      'Events recorded and not applied yet',
      async (open) => (await head(open)) - Number(open.models.applied),
    );
    // Before the first seal there is no age to speak of.
    gauge(
      'ledger_seal_age_seconds',
      'Seconds since the last seal',
      async ({ notary }) => notary.ageSeconds ?? 0,
    );
    gauge('ledger_parked_events', 'Events that could not be applied', async ({ models }) => {
      const { figures, documents } = await models.parked();
      return figures + documents;
    });
  }

  /** Times every request. */
  readonly timing: RequestHandler = (request, response, next) => {
    const end = this.#requests.startTimer({ method: request.method });
    response.on('finish', () => end({ status: String(response.statusCode) }));
    next();
  };

  routes(): Router {
    const router = Router();
    router.get('/metrics', async (request, response) => {
      // Numbers only, and to a Prometheus on this machine only: nobody signs in to ask for them.
      if (
        !/^(::1|(::ffff:)?127\.)/.test(request.socket.remoteAddress ?? '') ||
        request.get('X-Forwarded-For')
      )
        throw new ProblemError(403, 'LOCAL_ONLY', 'Metrics are answered on this machine only.');
      response.type(this.#registry.contentType).send(await this.#registry.metrics());
    });
    return router;
  }
}
