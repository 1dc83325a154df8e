import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandalone, type Standalone } from '@ledger/standalone';

/** A ledger of its own on a temporary folder, asked over HTTP. */
export class RunningLedger {
  private constructor(
    readonly folder: string,
    readonly server: Standalone,
  ) {}

  static async start(full: boolean): Promise<RunningLedger> {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    const server = await startStandalone({ port: 0, folder: join(folder, 'ledger'), full });
    await server.ready;
    return new RunningLedger(folder, server);
  }

  get url(): string {
    return this.server.url;
  }

  async get(
    path: string,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Readonly<Record<string, unknown>>; headers: Headers }> {
    return answerOf(await fetch(new URL(path, this.url), { headers }));
  }

  async post(
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<{ status: number; body: Readonly<Record<string, unknown>>; headers: Headers }> {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return answerOf(
      await fetch(new URL(path, this.url), {
        method: 'POST',
        body: text,
        headers: { 'content-type': 'application/json', ...headers },
      }),
    );
  }

  /** The position of the last event. */
  async head(): Promise<unknown> {
    return (await this.get('/api/annual-totals?year=2016/17')).body['position'];
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.folder, { recursive: true });
  }
}

async function answerOf(
  response: Response,
): Promise<{ status: number; body: Readonly<Record<string, unknown>>; headers: Headers }> {
  // Every answer of the API is a JSON object.
  return {
    status: response.status,
    body: (await response.json()) as Readonly<Record<string, unknown>>,
    headers: response.headers,
  };
}
