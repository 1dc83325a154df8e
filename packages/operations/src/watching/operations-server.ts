import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListeningAddress } from '../settings/setting-types';
import type { Operations } from './operations';

/** A server that listens. */
export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

/** Has a server listen. @returns its address, with the port it was given @throws where the port is taken */
export async function listen(server: Server, { host, port }: ListeningAddress): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  // A listening TCP server has an address with a port.
  const { port: bound } = server.address() as AddressInfo;
  // Whoever listens to every address is reached on this machine by its own.
  const named = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${named.includes(':') ? `[${named}]` : named}:${bound}`;
}

/** Serves health and metrics, and nothing else, on an address of their own. @throws where the port is taken */
export async function serveOperations(operations: Operations, on: ListeningAddress): Promise<Listening> {
  const server = createServer((request, response) => {
    void operations.answerAlone((request.url ?? '').replace(/\?.*$/, ''), response);
  });
  const url = await listen(server, on);
  return {
    url,
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
