import { isLive, readConfiguration } from './configuration';
import { startStandalone } from './server';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Ends the process with one plain line. */
function fail(error: unknown): never {
  const { code, message } =
    error instanceof Error ? (error as NodeJS.ErrnoException) : { code: '', message: String(error) };
  const plain =
    code === 'EADDRINUSE'
      ? 'The port is taken by another program; stop that one, or choose another with PORT=8081 npm start.'
      : code === 'EACCES' || code === 'EROFS'
        ? `The data folder cannot be written (${message}); choose another with LEDGER_DATA.`
        : message;
  process.stderr.write(`The ledger cannot start: ${plain}\n`);
  process.exit(1);
}

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env, process.argv.slice(2));
  const running = await startStandalone(configuration);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    running.stop().then(() => process.exit(0), fail);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  say(`Listening on ${running.url}; getting the ledger in ${configuration.folder} ready …`);
  await running.ready;
  say('');
  const live = isLive(configuration.folder);
  const sort = live
    ? 'live ledger'
    : configuration.full
      ? 'demonstration ledger'
      : 'empty demonstration ledger';
  say(`The ${sort} is ready. Look at`);
  say(`  ${running.url}/                 annual totals, savings and take-up`);
  say(`  ${running.url}/openapi.json     the API`);
  say('  npm run ledger -- --help           the command, in another terminal');
  if (live) return;
  say(
    'It is a demonstration: its 2016/17 is invented to match the published figures, and anyone on this machine may write to it.',
  );
}

main().catch(fail);
