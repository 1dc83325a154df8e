import { isLive } from '@ledger/ledger-folder';
import { listeningPlain, runProgram, type Say, type Started } from '@ledger/operations';
import { boundHeap } from './bounded-heap';
import { readConfiguration, type Configuration } from './configuration';
import { startStandalone, type Standalone } from './server';

const portTaken = listeningPlain('8081 npm start');

/** What the system says of ports and folders, in the words of whoever starts a ledger. */
function plain(error: NodeJS.ErrnoException): string | undefined {
  if (error.code === 'EACCES' || error.code === 'EROFS')
    return `The data folder cannot be written (${error.message}); choose another with LEDGER_DATA.`;
  return portTaken(error);
}

async function whenReady(
  { ready, url }: Standalone,
  { folder, full }: Configuration,
  say: Say,
): Promise<void> {
  await ready;
  say('');
  const live = isLive(folder);
  const sort = live ? 'live ledger' : full ? 'demonstration ledger' : 'empty demonstration ledger';
  say(`The ${sort} is ready. Look at`);
  say(`  ${url}/                 annual totals, savings and take-up`);
  say(`  ${url}/openapi.json     the API`);
  say('  npm run ledger -- --help           the command, in another terminal');
  if (live) return;
  say(
    'It is a demonstration: its 2016/17 is invented to match the published figures, and anyone on this machine may write to it.',
  );
}

async function start(say: Say): Promise<Started> {
  const configuration = readConfiguration(process.env, process.argv.slice(2));
  const standalone = await startStandalone(configuration);
  say(`Listening on ${standalone.url}; getting the ledger in ${configuration.folder} ready …`);
  return { running: whenReady(standalone, configuration, say), stop: async () => standalone.stop() };
}

boundHeap();
runProgram(start, { title: 'The ledger cannot start', plain });
