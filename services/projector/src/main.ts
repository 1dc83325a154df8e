import {
  listeningPlain,
  Metrics,
  needed,
  Operations,
  positionsFile,
  readSettings,
  runProgram,
  serveOperations,
  settingsOf,
  usualPorts,
  type Say,
  type Started,
} from '@ledger/operations';
import { measureProjector } from './measuring';
import { Projector } from './projector';

async function following(projector: Projector, say: Say): Promise<void> {
  await projector.start();
  const standing = await projector.standing();
  if (standing.state === 'following')
    say(`Following the log; everything up to ${standing.position} is applied.`);
  await projector.failed();
}

async function start(say: Say): Promise<Started> {
  const settings = readSettings(process.env, settingsOf('projector'));
  const projector = await Projector.of({
    log: needed(settings, 'LEDGER_LOG'),
    readModels: needed(settings, 'LEDGER_READ_MODELS'),
    indexFile: positionsFile('projector', settings.LEDGER_DATA),
  });
  const metrics = new Metrics();
  measureProjector(metrics, projector);
  const health = async () => {
    const standing = await projector.standing();
    return { ready: standing.state === 'following' && standing.hindrance === undefined, standing };
  };
  const server = await serveOperations(new Operations({ health, metrics }), {
    host: settings.HOST ?? '127.0.0.1',
    port: settings.PORT ?? usualPorts.projector,
  });
  say(`Health is at ${server.url}/health/ready; bringing the read models up to the log …`);
  return {
    running: following(projector, say),
    stop: async () => {
      await server.stop();
      await projector.stop();
    },
  };
}

runProgram(start, { title: 'The projector ends', plain: listeningPlain('8091 npm run projector') });
