import { randomBytes } from 'node:crypto';
import { isLive, removeServerFile, writeServerFile } from '@ledger/ledger-folder';
import type { Configuration } from './configuration';
import { openLedger, type OpenLedger } from './open-ledger';
import type { Readiness } from './readiness';
import { recordingService } from './recording-service';
import { allRoutes } from './routes';
import { serveLedger, type LedgerServer } from './serve-ledger';

/** A running standalone server. */
export interface Standalone extends LedgerServer {
  /** The token of whoever keeps the files; only commands on this machine have it. */
  readonly operatorToken: string;
}

function standing({ models }: OpenLedger): Readiness | undefined {
  if (models.hindrance === undefined) return undefined;
  const hindrance = `Answers stay at position ${models.applied}: the disk of the read models is full or failing. Recording goes on; make room.`;
  return { state: 'ready', hindrance };
}

/** Starts listening at once and gets the ledger ready meanwhile. @throws where the port is taken */
export async function startStandalone(configuration: Configuration): Promise<Standalone> {
  const { folder, full, publicUrl, provider, checkpoints, scanner } = configuration;
  const live = isLive(folder);
  const operatorToken = randomBytes(32).toString('base64url');
  const server = await serveLedger(
    { ...configuration, live },
    recordingService<OpenLedger>({
      live,
      publicUrl,
      provider,
      operatorToken,
      served: allRoutes,
      standing,
      open: async ({ say, timeAppend }) =>
        openLedger({
          folder,
          full,
          checkpoints,
          scanner,
          timeAppend,
          onProgress: (progress) => say({ state: 'loading', ...progress }),
        }),
    }),
  );
  const { url } = server;
  return {
    ...server,
    operatorToken,
    ready: server.ready.then(() => writeServerFile(folder, { url, token: operatorToken })),
    stop: async () => {
      await server.stop();
      removeServerFile(folder);
    },
  };
}
