import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** What is measured of a ledger, by the name that Prometheus knows it by. */
const gauges = {
  ledger_log_position: 'Position of the last event',
  ledger_published_position: 'Position up to which the topic holds every event',
  ledger_projection_lag_events: 'Events recorded and not applied yet',
  ledger_parked_events: 'Events that could not be applied',
  ledger_seal_age_seconds: 'Seconds since the last seal',
} as const;

type GaugeName = keyof typeof gauges;

/** What one program says to Prometheus: numbers alone, no names and no texts. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #requests: Histogram<'method' | 'status'>;
  readonly #appends: Histogram;

  constructor() {
    collectDefaultMetrics({ register: this.#registry });
    this.#requests = new Histogram({
      name: 'ledger_http_request_seconds',
      help: 'How long requests took',
      labelNames: ['method', 'status'],
      registers: [this.#registry],
    });
    this.#appends = new Histogram({
      name: 'ledger_append_seconds',
      help: 'How long appends to the log took',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [this.#registry],
    });
  }

  /** Has a number read whenever it is asked for; undefined: there is none now, and the last one stays. */
  gauge(name: GaugeName, read: () => Promise<number | undefined>): void {
    const made: Gauge = new Gauge({
      name,
      help: gauges[name],
      registers: [this.#registry],
      collect: async () => {
        const value = await read();
        if (value !== undefined) made.set(value);
      },
    });
  }

  /** Times a request; what it gives back is called when it is answered. */
  request(method: string): (status: number) => void {
    const end = this.#requests.startTimer({ method });
    return (status) => end({ status: String(status) });
  }

  /** Times an append, whether it is taken or refused. */
  async append<T>(appending: () => Promise<T>): Promise<T> {
    const end = this.#appends.startTimer();
    try {
      return await appending();
    } finally {
      end();
    }
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  /** All of it, as Prometheus reads it. */
  async text(): Promise<string> {
    return this.#registry.metrics();
  }
}
