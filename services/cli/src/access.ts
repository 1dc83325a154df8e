import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { defaultFolder, findServer, isLive } from '@ledger/ledger-folder';
import type { Standalone } from '@ledger/standalone';
import { calledFrom } from './called-from';
import { patientRequest } from './patient-request';
import { showingOpening } from './progress';
import { RefusedError } from './refused-error';
import { sessionOf } from './sessions';

interface SendOptions {
  readonly key?: string | undefined;
  readonly dryRun?: boolean | undefined;
  readonly ifMatch?: string | undefined;
}

type Query = Readonly<Record<string, string | undefined>>;
type FileBytes = Uint8Array<ArrayBuffer>;
/** What goes with a file as JSON, by the field of the form that it is sent in. */
type Beside = Readonly<Record<string, unknown>>;

interface Address {
  readonly url: string;
  /** The token of whoever keeps the files of the ledger. */
  readonly operatorToken: string;
}

/** The folder that is meant: named by option, by LEDGER_DATA, else the demonstration's. */
export function folderOf(data: string | undefined): string {
  const named = data ?? process.env['LEDGER_DATA'];
  return named === undefined ? defaultFolder(true) : calledFrom(named);
}

/** A way to the ledger: the running server if there is one, otherwise the same code on the files, opened alone. */
export class LedgerAccess {
  #standalone: Standalone | undefined;
  #found: Address | undefined;

  constructor(
    readonly folder: string,
    readonly user: string | undefined,
  ) {}

  static of({ data, user }: { readonly data?: string; readonly user?: string }): LedgerAccess {
    return new LedgerAccess(folderOf(data), user);
  }

  async #address(): Promise<Address> {
    if (this.#found === undefined) {
      const running = await findServer(this.folder);
      this.#found =
        running === undefined ? await this.#openAlone() : { url: running.url, operatorToken: running.token };
    }
    return this.#found;
  }

  async #openAlone(): Promise<Address> {
    // Loaded here, as it takes longer than asking a running server and having its answer.
    const { startStandalone, WrongLedgerError } = await import('@ledger/standalone');
    const start = async (full: boolean): Promise<Standalone> => {
      const started = await startStandalone({
        port: 0,
        folder: this.folder,
        full,
        checkpoints: process.env['LEDGER_CHECKPOINTS'],
      });
      try {
        await showingOpening(started);
        return started;
      } catch (error) {
        await started.stop();
        throw error;
      }
    };
    try {
      this.#standalone = await start(true);
    } catch (error) {
      if (!(error instanceof WrongLedgerError) || isLive(this.folder)) throw error;
      // The folder holds a ledger that was begun empty.
      this.#standalone = await start(false);
    }
    return this.#standalone;
  }

  /** Who asks: of a live ledger by the session signed in to, else as its operator; of a demonstration by name. */
  #headers({ operatorToken }: Address): Record<string, string> {
    if (isLive(this.folder)) return { Authorization: `Bearer ${sessionOf(this.folder) ?? operatorToken}` };
    return this.user === undefined ? {} : { 'Ledger-User': this.user };
  }

  /** Asks; the answer is JSON. @throws RefusedError */
  async get(path: string, query: Readonly<Record<string, string | undefined>> = {}): Promise<unknown> {
    const address = await this.#address();
    const url = new URL(path, address.url);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    return this.#answer(await patientRequest(url, { headers: this.#headers(address) }));
  }

  /** Writes an answer that may be long to a stream, as it comes; what is said of it is in its headers. @throws RefusedError */
  async stream(path: string, into: NodeJS.WritableStream): Promise<Headers> {
    const address = await this.#address();
    const response = await patientRequest(new URL(path, address.url), { headers: this.#headers(address) });
    if (!response.ok || response.body === null) {
      await this.#answer(response);
      return response.headers;
    }
    await pipeline(Readable.fromWeb(response.body), into, { end: false });
    return response.headers;
  }

  /** The bytes of a file. @throws RefusedError */
  async bytes(path: string): Promise<Uint8Array> {
    const address = await this.#address();
    return this.#bytesOf(await fetch(new URL(path, address.url), { headers: this.#headers(address) }));
  }

  /** Commands; the answer is JSON. @throws RefusedError */
  async post(path: string, body: unknown, options: SendOptions = {}): Promise<unknown> {
    return this.#send('POST', path, body, options);
  }

  /** Sends the bytes of a file; the answer is JSON. @throws RefusedError */
  async postFile(
    path: string,
    query: Query,
    bytes: FileBytes,
    options: SendOptions = {},
    beside: Beside = {},
  ): Promise<unknown> {
    return this.#answer(await this.#sendFile(path, query, bytes, options, beside));
  }

  /** Sends the bytes of a file; the answer is another file. @throws RefusedError */
  async fileOfFile(path: string, query: Query, bytes: FileBytes, beside: Beside = {}): Promise<Uint8Array> {
    return this.#bytesOf(await this.#sendFile(path, query, bytes, {}, beside));
  }

  async #bytesOf(response: Response): Promise<Uint8Array> {
    if (!response.ok) await this.#answer(response);
    return new Uint8Array(await response.arrayBuffer());
  }

  async #sendFile(
    path: string,
    query: Query,
    bytes: FileBytes,
    options: SendOptions,
    beside: Beside,
  ): Promise<Response> {
    const address = await this.#address();
    const url = new URL(path, address.url);
    for (const [name, value] of Object.entries(query))
      if (value !== undefined) url.searchParams.set(name, value);
    if (options.dryRun === true) url.searchParams.set('dryRun', 'true');
    const headers: Record<string, string> = { ...this.#headers(address) };
    if (options.key !== undefined) headers['Idempotency-Key'] = options.key;
    const said = Object.entries(beside).filter(([, value]) => value !== undefined);
    if (said.length === 0) {
      headers['content-type'] = 'application/octet-stream';
      return fetch(url, { method: 'POST', headers, body: bytes });
    }
    const body = new FormData();
    for (const [field, value] of said) body.append(field, JSON.stringify(value));
    body.append('file', new Blob([bytes]), 'file');
    return fetch(url, { method: 'POST', headers, body });
  }

  async put(path: string, body: unknown): Promise<unknown> {
    return this.#send('PUT', path, body, {});
  }

  async delete(path: string): Promise<unknown> {
    const address = await this.#address();
    const url = new URL(path, address.url);
    return this.#answer(await patientRequest(url, { method: 'DELETE', headers: this.#headers(address) }));
  }

  async #send(method: 'POST' | 'PUT', path: string, body: unknown, options: SendOptions): Promise<unknown> {
    const address = await this.#address();
    const url = new URL(path, address.url);
    if (options.dryRun === true) url.searchParams.set('dryRun', 'true');
    const headers: Record<string, string> = {
      'content-type': 'application/json',
      ...this.#headers(address),
    };
    if (options.key !== undefined) headers['Idempotency-Key'] = options.key;
    if (options.ifMatch !== undefined) headers['If-Match'] = `"${options.ifMatch}"`;
    return this.#answer(await patientRequest(url, { method, headers, body: JSON.stringify(body) }));
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
