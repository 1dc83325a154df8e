import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

const Span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().optional(),
  name: z.string(),
});
type Span = z.infer<typeof Span>;

const Sent = z.object({
  resourceSpans: z.array(
    z.object({
      resource: z.object({
        attributes: z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string() }) })),
      }),
      scopeSpans: z.array(z.object({ spans: z.array(Span) })),
    }),
  ),
});

/** A collector of traces on this machine, which keeps what it is sent (OTLP over HTTP, as JSON). */
export class Collector {
  readonly folder = mkdtempSync(join(tmpdir(), 'traces-'));
  readonly #bodies: string[] = [];
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        if (request.url === '/v1/traces') this.#bodies.push(body);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
  }

  static async start(): Promise<Collector> {
    const collector = new Collector();
    await new Promise<void>((resolve) => collector.#server.listen(0, '127.0.0.1', resolve));
    return collector;
  }

  get address(): string {
    // A listening TCP server has an address with a port.
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  get #sent(): readonly z.infer<typeof Sent>['resourceSpans'][number][] {
    return this.#bodies.flatMap((body) => Sent.parse(JSON.parse(body)).resourceSpans);
  }

  get spans(): readonly Span[] {
    return this.#sent.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
  }

  /** The names of the programs that have sent something. */
  get services(): ReadonlySet<string> {
    const named = this.#sent.flatMap(({ resource }) =>
      resource.attributes.filter(({ key }) => key === 'service.name'),
    );
    return new Set(named.map(({ value }) => value.stringValue));
  }

  /** Everything that it was sent. */
  get text(): string {
    return this.#bodies.join('\n');
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
