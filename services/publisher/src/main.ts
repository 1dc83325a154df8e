import { FollowedSqliteLog } from '@ledger/event-log';
import { KafkaBroker } from '@ledger/fan-out';
import { readConfiguration } from './configuration';
import { serveHealth } from './health-server';
import { Publisher } from './publisher';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends the process with one plain line. */
function fail(error: unknown): never {
  process.stderr.write(`The publisher ends: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const { topic, partitions, replicas, brokers } = configuration;
  const log = FollowedSqliteLog.open(configuration.log);
  const broker = await KafkaBroker.open({ brokers, client: 'ledger-publisher' });
  const publisher = new Publisher({
    log,
    broker,
    setUp: { topic, partitions, ...(replicas !== undefined && { replicas }) },
  });
  const { url, server } = await serveHealth(publisher, configuration);
  const stop = (): void => {
    server.close();
    server.closeAllConnections();
    publisher.stop();
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  say(`Health is at ${url}/health/ready; filling the topic ${topic} …`);
  publisher.caughtUp().then(async () => {
    const { position } = await publisher.standing();
    say(`Publishing what is recorded; everything up to ${position} is in the topic.`);
  }, fail);
  await publisher.run();
  await broker.close();
  await log.close();
  process.exit(0);
}

main().catch(fail);
