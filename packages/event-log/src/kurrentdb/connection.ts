import type { KurrentDBClient } from '@kurrent/kurrentdb-client';

type Client = KurrentDBClient;
type Library = typeof import('@kurrent/kurrentdb-client');

/** Loaded when the first log is opened on it: the embedded default never pays for it, nor needs what it is built of. */
export async function loadClient(): Promise<Library> {
  return import('@kurrent/kurrentdb-client');
}

/** Clients made in this process so far. */
let made = 0;

/** The client warns of a keep-alive that is more frequent than this, in milliseconds. */
const keepAliveMs = 10_000;

/**
 * A connection string for a client that shares its connection with no other. gRPC shares connections of equal settings in
 * a process, and with them the pause, growing to two minutes, before a server that was down is tried again: a new client
 * would wait as the former does. So each has settings of its own, by a millisecond.
 */
function unshared(connectionString: string): string {
  const given = /[?&]keep[-_]?alive[-_]?interval=(-?\d+)/i.exec(connectionString);
  const interval = Number(given?.[1] ?? keepAliveMs);
  if (interval < 0) return connectionString;
  made = (made + 1) % 100_000;
  const option = `keepAliveInterval=${interval + made}`;
  if (given === null) return `${connectionString}&${option}`;
  return connectionString.replace(given[0], `${given[0].slice(0, 1)}${option}`);
}

/** A client that is made when it is first needed, and made anew after one has stopped working. */
export class Connection {
  #client: Promise<Client> | undefined;

  constructor(readonly connectionString: string) {}

  async client(): Promise<Client> {
    this.#client ??= this.#made();
    return this.#client;
  }

  async #made(): Promise<Client> {
    const { KurrentDBClient: Made } = await loadClient();
    return Made.connectionString(unshared(this.connectionString));
  }

  /** Lets go of a client that does not answer; whoever else uses it is told by an error, and asks for the next. */
  async discard(used: Client): Promise<void> {
    if (this.#client === undefined || (await this.#client) !== used) return;
    this.#client = undefined;
    await used.dispose();
  }

  /** Without it the process would not end. */
  async close(): Promise<void> {
    const client = this.#client;
    this.#client = undefined;
    await (await client)?.dispose();
  }
}
