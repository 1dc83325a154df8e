import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Publisher } from './publisher';

/** What Prometheus may ask: positions and lag. */
function metricsOf(publisher: Publisher): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => Promise<number>): void => {
    const made: Gauge = new Gauge({
      name,
      help,
      registers: [registry],
      collect: async () => made.set(await read()),
    });
  };
  gauge('ledger_log_position', 'Position of the last event', async () =>
    Number((await publisher.standing()).head),
  );
  gauge('ledger_published_position', 'Position up to which the topic holds every event', async () =>
    Number((await publisher.standing()).position),
  );
  return registry;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Live: the process answers. Ready: the topic is filled, and nothing keeps what is recorded from being published. */
export async function serveHealth(
  publisher: Publisher,
  { port, host }: { readonly port: number; readonly host: string },
): Promise<{ readonly url: string; readonly server: Server }> {
  const metrics = metricsOf(publisher);
  const answer = async (path: string, response: ServerResponse): Promise<void> => {
    if (path === '/health/live') sendJson(response, 200, { state: 'live' });
    else if (path === '/health/ready') {
      const standing = await publisher.standing();
      const ready = standing.state === 'publishing' && standing.hindrance === undefined;
      if (!ready) response.setHeader('Retry-After', '1');
      sendJson(response, ready ? 200 : 503, standing);
    } else if (path === '/metrics')
      response.writeHead(200, { 'content-type': metrics.contentType }).end(await metrics.metrics());
    else sendJson(response, 404, { title: 'There are /health/live, /health/ready and /metrics here.' });
  };
  const server = createServer((request, response) => {
    answer(request.url ?? '', response).catch(() =>
      sendJson(response, 503, { title: 'This cannot be said now; ask again.' }),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  // A listening TCP server has an address with a port.
  const { port: bound } = server.address() as AddressInfo;
  return { url: `http://${host}:${bound}`, server };
}
