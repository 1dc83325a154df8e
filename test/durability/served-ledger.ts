import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeStoredBody, type StoredBody } from '@ledger/events';
import { openDatabase } from '@ledger/sqlite';
import { initLedger } from '@ledger/standalone';
import { ServerProcess } from '../demonstration/server-process';
import { endAtLast } from './ended-processes';

const user = { name: 'Ada First', email: 'ada@example.org', password: 'three random words' };

/** An answer of the API. */
export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Makes a live ledger whose first user is the one who asks here. */
export async function initServedLedger(folder: string): Promise<void> {
  await initLedger(folder, user);
}

/** Makes a live ledger with everything applied, to be copied for each that is killed. */
export async function makeTemplate(folder: string): Promise<void> {
  await initServedLedger(folder);
  const server = await ServedLedger.start(folder);
  await server.stop();
}

export function copyOf(template: string, folder: string): string {
  cpSync(template, folder, { recursive: true });
  return folder;
}

/** A live ledger served by the built server in a process of its own, asked over HTTP by its first user. */
export class ServedLedger {
  private constructor(
    readonly folder: string,
    readonly server: ServerProcess,
    readonly token: string,
  ) {}

  static async start(
    folder: string,
    environment: Readonly<Record<string, string>> = {},
  ): Promise<ServedLedger> {
    const server = ServerProcess.startWith(folder, environment);
    endAtLast(server.child);
    await server.saying('is ready');
    const { email, password } = user;
    const answer = await answerOf(
      await fetch(new URL('/api/sessions', server.url), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email, password }),
      }),
    );
    return new ServedLedger(folder, server, String(answer.body['token']));
  }

  /** @throws where the server ends before it has answered */
  async post(path: string, body: unknown, key: string): Promise<Answer> {
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': key,
      Authorization: `Bearer ${this.token}`,
    };
    const url = new URL(path, this.server.url);
    return answerOf(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  async get(path: string, token = this.token): Promise<Answer> {
    const url = new URL(path, this.server.url);
    return answerOf(await fetch(url, { headers: { Authorization: `Bearer ${token}` } }));
  }

  /** What `ledger check` finds. */
  async check(): Promise<readonly string[]> {
    // Written by the server for whoever keeps its files.
    const { token } = JSON.parse(readFileSync(join(this.folder, 'server.json'), 'utf8')) as { token: string };
    const { status, body } = await this.get('/api/check', token);
    const findings = body['findings'];
    return Array.isArray(findings) ? findings.map(String) : [`The check answered ${status}.`];
  }

  async kill(): Promise<void> {
    await this.server.end('SIGKILL');
  }

  async stop(): Promise<void> {
    const code = await this.server.end('SIGTERM');
    if (code !== 0) throw new Error(`The server ended with ${code}: ${this.server.printed}`);
  }
}

async function answerOf(response: Response): Promise<Answer> {
  // Every answer of the API is a JSON object.
  return {
    status: response.status,
    body: (await response.json()) as Readonly<Record<string, unknown>>,
  };
}

/** The first stored bodies of a folder's log in the order of their positions, read beside whoever writes it. */
export function bodiesIn(folder: string, limit = Number.MAX_SAFE_INTEGER): readonly StoredBody[] {
  const log = openDatabase(join(folder, 'log.db'), { synchronous: 'FULL', readOnly: true });
  try {
    const rows = log
      .prepareArrays('SELECT CAST(bytes AS TEXT) FROM event ORDER BY position LIMIT ?')
      .all(limit);
    return rows.map(([text]) => decodeStoredBody(String(text)));
  } finally {
    log.close();
  }
}
