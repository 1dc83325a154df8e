import { followLog } from '@ledger/event-log';
import { KafkaBroker } from '@ledger/fan-out';
import {
  followingEvents,
  listeningPlain,
  Metrics,
  Operations,
  positionsFile,
  runProgram,
  serveOperations,
  startTracing,
  type Say,
  type Started,
} from '@ledger/operations';
import { readConfiguration } from './configuration';
import { measurePublisher } from './measuring';
import { Publisher } from './publisher';

/** Live: the process answers. Ready: the topic is filled, and nothing keeps what is recorded from being published. */
function operationsOf(publisher: Publisher): Operations {
  const metrics = new Metrics();
  measurePublisher(metrics, publisher);
  const health = async () => {
    const standing = await publisher.standing();
    return {
      ready: standing.state === 'publishing' && standing.hindrance === undefined,
      standing: { ...standing },
    };
  };
  return new Operations({ health, metrics });
}

async function start(say: Say): Promise<Started> {
  const { log: address, folder, kafka, setUp, on, traces } = readConfiguration(process.env);
  const tracing = await startTracing(traces);
  const log = await followLog(address, { indexFile: positionsFile('publisher', folder) });
  const broker = await KafkaBroker.open({ ...kafka, client: 'ledger-publisher' });
  const publisher = new Publisher({ log, broker, setUp, around: followingEvents(tracing, 'publish') });
  const server = await serveOperations(operationsOf(publisher), on);
  say(`Health is at ${server.url}/health/ready; filling the topic ${setUp.topic} …`);
  const running = publisher.run();
  const sayWhenFilled = async (): Promise<void> => {
    await publisher.caughtUp();
    const { position } = await publisher.standing();
    say(`Publishing what is recorded; everything up to ${position} is in the topic.`);
  };
  return {
    running: Promise.all([running, sayWhenFilled()]),
    stop: async () => {
      await server.stop();
      publisher.stop();
      await running;
      await broker.close();
      await log.close();
      await tracing.stop();
    },
  };
}

runProgram(start, { title: 'The publisher ends', plain: listeningPlain('8094 npm run publisher') });
