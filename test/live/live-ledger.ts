import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Grant } from '@ledger/access';
import { initLedger, startStandalone, type Configuration, type Standalone } from '@ledger/standalone';

/** What came back from a request. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body where it is JSON, else an empty object. */
  readonly body: Readonly<Record<string, unknown>>;
}

export const firstPassword = 'three random words';

async function answered(response: Response): Promise<Answered> {
  const text = await response.text();
  const json = response.headers.get('content-type')?.includes('json') === true;
  // Every JSON answer of the API is an object.
  const body = json ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {};
  return { status: response.status, headers: response.headers, text, body };
}

/** A live ledger of its own on a temporary folder, made as `ledger init` makes one and asked over HTTP. */
export class LiveLedger {
  private constructor(
    readonly root: string,
    readonly folder: string,
    public server: Standalone,
    readonly settings: Partial<Configuration>,
  ) {}

  static async start(settings: Partial<Configuration> = {}): Promise<LiveLedger> {
    const root = mkdtempSync(join(tmpdir(), 'live-'));
    const folder = join(root, 'ledger');
    await initLedger(folder, { name: 'Ada First', email: 'ada@example.org', password: firstPassword });
    return LiveLedger.serve(root, folder, settings);
  }

  /** Serves a folder that holds a live ledger already. */
  static async serve(
    root: string,
    folder: string,
    settings: Partial<Configuration> = {},
  ): Promise<LiveLedger> {
    const server = await startStandalone({ port: 0, folder, full: true, ...settings });
    await server.ready;
    return new LiveLedger(root, folder, server, settings);
  }

  get url(): string {
    return this.server.url;
  }

  async request(
    method: string,
    path: string,
    options: {
      readonly token?: string;
      readonly body?: unknown;
      readonly headers?: Record<string, string>;
    } = {},
  ): Promise<Answered> {
    const { token, body, headers = {} } = options;
    const response = await fetch(new URL(path, this.url), {
      method,
      redirect: 'manual',
      headers: {
        ...(token !== undefined && { Authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return answered(response);
  }

  async get(path: string, token?: string): Promise<Answered> {
    return this.request('GET', path, token === undefined ? {} : { token });
  }

  async post(
    path: string,
    body: unknown,
    token?: string,
    headers: Record<string, string> = {},
  ): Promise<Answered> {
    return this.request('POST', path, { body, headers, ...(token !== undefined && { token }) });
  }

  /** Signs in; the token of the session. */
  async signIn(email = 'ada@example.org', password = firstPassword): Promise<string> {
    const { status, body, text } = await this.post('/api/sessions', { email, password });
    if (status !== 201) throw new Error(`Nobody was signed in: ${text}`);
    return String(body['token']);
  }

  /** Adds a user who has chosen a password already; the token of a session. */
  async user(
    name: string,
    grants: readonly Grant[],
  ): Promise<{ readonly id: string; readonly token: string }> {
    const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.org`;
    const added = await this.post('/api/users', { name, email, grants }, this.server.operatorToken);
    if (added.status !== 201) throw new Error(`No user was added: ${added.text}`);
    const given = String(added.body['password']);
    const wanted = `${name} has a long password`;
    const changed = await this.post(
      '/api/password',
      { current: given, wanted },
      await this.signIn(email, given),
    );
    return { id: String(added.body['id']), token: String(changed.body['token']) };
  }

  /** Stops and starts the server on the same files. */
  async again(): Promise<void> {
    await this.server.stop();
    this.server = await startStandalone({ port: 0, folder: this.folder, full: true, ...this.settings });
    await this.server.ready;
  }

  async stop(): Promise<void> {
    await this.server.stop();
    rmSync(this.root, { recursive: true });
  }
}
