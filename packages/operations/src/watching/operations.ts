import type { ServerResponse } from 'node:http';
import type { Metrics } from './metrics';
import type { Tracing } from './tracing';

/** Whether a program does what it is for, and how it stands. */
export interface Health {
  readonly ready: boolean;
  /** Said to whoever asks: a state, and why it is none better. */
  readonly standing: { readonly state: string; readonly [more: string]: unknown };
}

export interface OperationsParts {
  readonly health: () => Health | Promise<Health>;
  readonly metrics: Metrics;
  /** Of a program that serves more than its operators. */
  readonly tracing?: Tracing;
}

const paths = ['/health/live', '/health/ready', '/metrics'] as const;

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** What every program answers to its operators: whether it lives, whether it is ready, and its metrics. */
export class Operations {
  constructor(readonly parts: OperationsParts) {}

  /** Answers a GET for one of its paths; false for any other path, which is left to others. */
  async answer(path: string, response: ServerResponse): Promise<boolean> {
    switch (paths.find((one) => one === path)) {
      case '/health/live':
        sendJson(response, 200, { state: 'live' });
        return true;
      case '/health/ready':
        await this.#ready(response);
        return true;
      case '/metrics': {
        const { metrics } = this.parts;
        const text = await metrics.text();
        response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
        return true;
      }
      default:
        return false;
    }
  }

  async #ready(response: ServerResponse): Promise<void> {
    const { ready, standing } = await this.parts.health();
    if (!ready) response.setHeader('Retry-After', '1');
    sendJson(response, ready ? 200 : 503, standing);
  }

  /** Answers where there is nothing else to answer. */
  async answerAlone(path: string, response: ServerResponse): Promise<void> {
    try {
      if (!(await this.answer(path, response)))
        sendJson(response, 404, { title: `There are ${paths.join(', ')} here.` });
    } catch {
      // What it asks (a database, a log) is away; the program itself lives.
      if (!response.headersSent) sendJson(response, 503, { title: 'This cannot be said now; ask again.' });
    }
  }
}
