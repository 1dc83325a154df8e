import {
  followingEvents,
  listeningPlain,
  Metrics,
  Operations,
  readSettings,
  runProgram,
  serveOperations,
  settingsOf,
  startTracing,
  traceSettings,
  usualPorts,
  type Say,
  type Started,
} from '@ledger/operations';
import { keepingOf } from './keeping';
import { measureProjector } from './measuring';
import type { Keeping } from './standing';

async function following(projector: Keeping, say: Say): Promise<void> {
  await projector.start();
  const standing = await projector.standing();
  if (standing.state === 'following')
    say(
      `Following the ${standing.partitions === undefined ? 'log' : 'topic'}; everything up to ${standing.position} is applied.`,
    );
  await projector.failed();
}

async function start(say: Say): Promise<Started> {
  const settings = readSettings(process.env, settingsOf('projector'));
  const tracing = await startTracing(traceSettings('projector', settings.OTEL_EXPORTER_OTLP_ENDPOINT));
  const projector = await keepingOf(settings, {
    rebuild: process.argv.includes('--rebuild'),
    around: followingEvents(tracing, 'apply'),
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
  say(`Health is at ${server.url}/health/ready; bringing the read models up to date …`);
  return {
    running: following(projector, say),
    stop: async () => {
      await server.stop();
      await projector.stop();
      await tracing.stop();
    },
  };
}

runProgram(start, { title: 'The projector ends', plain: listeningPlain('8091 npm run projector') });
