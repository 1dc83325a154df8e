import { readConfiguration } from './configuration';
import { serveHealth } from './health-server';
import { Projector } from './projector';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends the process with one plain line. */
function fail(error: unknown): never {
  process.stderr.write(`The projector ends: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const projector = new Projector(configuration);
  const { url, server } = await serveHealth(projector, configuration);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    server.close();
    server.closeAllConnections();
    projector.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  say(`Health is at ${url}/health/ready; bringing the read models up to the log …`);
  await projector.start();
  const standing = await projector.standing();
  if (standing.state === 'following')
    say(`Following the log; everything up to ${standing.position} is applied.`);
  await projector.failed().catch((error: unknown) => {
    if (!stopping) fail(error);
  });
}

main().catch(fail);
