import { request } from 'node:http';

/** An answer that was not the one asked for. */
export class UnexpectedAnswerError extends Error {
  readonly code = 'UNEXPECTED_ANSWER';
}

/**
 * Asks a server and waits for as long as it takes: `fetch` gives up after five minutes, and a rebuild of a large ledger
 * is answered when it is done.
 * @throws UnexpectedAnswerError for any status but 200
 */
export async function askPatiently(
  url: URL,
  token: string,
  body?: Readonly<Record<string, unknown>>,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' };
    const asked = request(url, { method: body === undefined ? 'GET' : 'POST', headers }, (answer) => {
      let text = '';
      answer.on('data', (part: Buffer) => (text += part.toString()));
      answer.on('end', () => {
        if (answer.statusCode === 200) resolve();
        else
          reject(
            new UnexpectedAnswerError(`${url.pathname} was answered with ${answer.statusCode}: ${text}`),
          );
      });
    });
    asked.on('error', reject);
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
