import { request } from 'node:http';
import { Readable } from 'node:stream';

/** The server ended, or was never there, before it had answered. */
export class UnreachableError extends Error {
  readonly code = 'UNREACHABLE';
}

interface Sending {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/**
 * Asks a server on this machine and waits for the answer as long as it takes: a rebuild or a check of a large ledger is
 * minutes, and `fetch` gives up after five.
 * @throws UnreachableError where the server ends before it answers
 */
export async function patientRequest(
  url: URL,
  { method = 'GET', headers = {}, body }: Sending = {},
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const asking = request(url, { method, headers }, (incoming) => {
      const given = Object.entries(incoming.headers).flatMap(([name, value]): [string, string][] =>
        value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
      );
      const status = incoming.statusCode ?? 500;
      // An answer without a body must not be given one.
      const empty = status === 204 || status === 304;
      resolve(new Response(empty ? null : bodyOf(incoming), { status, headers: given }));
    });
    asking.on('error', (cause) => reject(unreachable(cause)));
    asking.end(body);
  });
}

/** What comes of an answer; if the server ends within it, that is said too. */
async function* chunksOf(incoming: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* incoming;
  } catch (cause) {
    throw unreachable(cause);
  }
}

function bodyOf(incoming: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  return Readable.toWeb(Readable.from(chunksOf(incoming), { objectMode: false }));
}

function unreachable(cause: unknown): UnreachableError {
  return new UnreachableError(
    'The server of the ledger ended before it had answered. Run the command again: what was recorded is kept, and a rebuild goes on from where it was.',
    { cause },
  );
}
