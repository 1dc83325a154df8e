import { isAbsolute, resolve } from 'node:path';
import {
  defaultFolder,
  findServer,
  startStandalone,
  WrongLedgerError,
  type Standalone,
} from '@ledger/standalone';
import { showingProgress } from './progress';

/** A problem that the ledger answered with. */
export class RefusedError extends Error {
  constructor(
    readonly status: number,
    readonly problem: {
      readonly detail: string;
      readonly errors?: readonly { readonly path: string; readonly message: string }[];
    },
  ) {
    super(problem.detail);
    this.name = 'RefusedError';
  }
}

/** Paths are relative to where the command was called, also through npm. */
export function calledFrom(path: string): string {
  return isAbsolute(path) ? path : resolve(process.env['INIT_CWD'] ?? process.cwd(), path);
}

/** A way to the ledger: the running server if there is one, otherwise the same code on the files, opened alone. */
export class LedgerAccess {
  #standalone: Standalone | undefined;
  #url: string | undefined;

  constructor(
    readonly folder: string,
    readonly user: string,
  ) {}

  static of({ data, user }: { readonly data?: string; readonly user: string }): LedgerAccess {
    const named = data ?? process.env['LEDGER_DATA'];
    return new LedgerAccess(named === undefined ? defaultFolder(true) : calledFrom(named), user);
  }

  async #address(): Promise<string> {
    this.#url ??= (await findServer(this.folder)) ?? (await this.#openAlone());
    return this.#url;
  }

  async #openAlone(): Promise<string> {
    const start = async (full: boolean): Promise<Standalone> => {
      const started = await startStandalone({ port: 0, folder: this.folder, full });
      try {
        await showingProgress(started);
        return started;
      } catch (error) {
        await started.stop();
        throw error;
      }
    };
    try {
      this.#standalone = await start(true);
    } catch (error) {
      if (!(error instanceof WrongLedgerError)) throw error;
      // The folder holds a ledger that was begun empty.
      this.#standalone = await start(false);
    }
    return this.#standalone.url;
  }

  /** Asks; the answer is JSON. @throws RefusedError */
  async get(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<unknown> {
    const url = new URL(path, await this.#address());
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return this.#answer(await fetch(url));
  }

  /** Commands; the answer is JSON. @throws RefusedError */
  async post(
    path: string,
    body: unknown,
    options: {
      readonly key?: string | undefined;
      readonly dryRun?: boolean | undefined;
      readonly ifMatch?: string | undefined;
    } = {},
  ): Promise<unknown> {
    const url = new URL(path, await this.#address());
    if (options.dryRun === true) url.searchParams.set('dryRun', 'true');
    const headers: Record<string, string> = { 'content-type': 'application/json', 'Ledger-User': this.user };
    if (options.key !== undefined) headers['Idempotency-Key'] = options.key;
    if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`;
    return this.#answer(await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) }));
  }

  async #answer(response: Response): Promise<unknown> {
    const answer: unknown = await response.json();
    if (response.ok) return answer;
    // Every answer that is not ok is a problem in the form of RFC 9457.
    throw new RefusedError(response.status, answer as RefusedError['problem']);
  }

  async close(): Promise<void> {
    await this.#standalone?.stop();
  }
}
