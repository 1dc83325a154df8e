import {
  backupLedger,
  erasuresIn,
  initLedger,
  readConfiguration,
  readElsewhere,
  restoreLedger,
  startStandalone,
} from '@ledger/standalone';
import type { Command } from 'commander';
import { folderOf, LedgerAccess } from '../access';
import { calledFrom } from '../called-from';
import { given, givenPassword, newPassword } from '../asking';
import { memberOf, note, print, text } from '../output';
import { showingOpening } from '../progress';
import { keepSession } from '../sessions';
import { command, withLedger, type CommonOptions } from './context';

interface LiveOptions extends CommonOptions {
  readonly name?: string;
  readonly email?: string;
  readonly password?: string;
  readonly port?: string;
  readonly erasures?: string;
  readonly checkpoints?: string;
}

function withPassword(made: Command): Command {
  return made.option(
    '--password <->',
    'a hyphen: read the password from standard input; else LEDGER_PASSWORD, else asked',
  );
}

async function init(folder: string, options: LiveOptions): Promise<void> {
  const where = calledFrom(folder);
  const name = await given(options.name, 'Your name', '--name');
  const email = await given(options.email, 'Your e-mail address, to sign in with', '--email');
  const password = await newPassword(options.password);
  const copyTo = options.checkpoints === undefined ? undefined : calledFrom(options.checkpoints);
  const elsewhere = readElsewhere(process.env);
  const { ledger, key } = await initLedger(where, { name, email, password }, { copyTo }, elsewhere);
  print({ ledger, key, folder: where }, { json: options.json === true }, () =>
    [
      `A live ledger is in ${where}.`,
      ...(elsewhere === undefined ? runTogether(folder) : runAlone(folder, elsewhere.vaultKey)),
      'It seals with the key in seal.key, which is in no backup. Hand the public key, seal.pub, to whoever will verify:',
      `  ${key}`,
      ...(copyTo === undefined
        ? [
            'Its checkpoints are copied nowhere yet: name a folder outside it in ledger.json, {"seals":{"copyTo":"…"}}.',
          ]
        : [`Checkpoints are copied to ${copyTo}.`]),
    ].join('\n'),
  );
}

/** What is said of a ledger whose files are all in its folder. */
function runTogether(folder: string): readonly string[] {
  return [
    'The vault’s keys are in vault.db.key: without that file nobody reads the vault again. Back the folder up with',
    `  npm run ledger -- backup BACKUP-FOLDER --data ${folder}`,
    'Run it with',
    `  npm run ledger -- serve ${folder}`,
  ];
}

/** What is said of a ledger whose people and accounts are in databases. */
function runAlone(folder: string, vaultKey: string | undefined): readonly string[] {
  return [
    `The vault’s key is in ${vaultKey ?? 'vault.key'}: without that file nobody reads the vault again, and no backup of the databases may hold it.`,
    'People and accounts are in the databases that LEDGER_VAULT and LEDGER_ACCOUNTS name: back them up with the folder, each with its own tools, while recording is stopped. Run it with',
    `  LEDGER_DATA=${folder} LEDGER_LOG=sqlite:${folder}/log.db npm run recording`,
    'and npm run reporting in a folder of its own, with the same LEDGER_LOG, LEDGER_READ_MODELS, LEDGER_VAULT, LEDGER_VAULT_KEY and LEDGER_ACCOUNTS.',
  ];
}

async function serve(folder: string, options: LiveOptions): Promise<void> {
  const configuration = readConfiguration(
    {
      ...process.env,
      LEDGER_DATA: calledFrom(folder),
      ...(options.port !== undefined && { PORT: options.port }),
    },
    [],
  );
  const running = await startStandalone(configuration);
  const stopped = new Promise<void>((resolve, reject) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => void running.stop().then(resolve, reject));
  });
  try {
    await showingOpening(running);
  } catch (error) {
    await running.stop();
    throw error;
  }
  note(`The ledger is ready at ${configuration.publicUrl?.href ?? `${running.url}/`}`);
  await stopped;
}

async function signIn(options: LiveOptions): Promise<void> {
  const folder = folderOf(options.data);
  const email = await given(options.email, 'E-mail address', '--email');
  const password = await givenPassword(options.password, 'Password');
  const ledger = LedgerAccess.of(options);
  try {
    // An old session must not stand in the way of a new one.
    keepSession(folder, undefined);
    const answer = await ledger.post('/api/sessions', { email, password });
    keepSession(folder, text(memberOf(answer, 'token')));
    note(
      memberOf(answer, 'mustChange') === true
        ? 'Signed in. Choose a password of your own first: ledger change-password'
        : 'Signed in; for at most twelve hours.',
    );
  } finally {
    await ledger.close();
  }
}

async function changePassword(options: LiveOptions): Promise<void> {
  const current = await givenPassword(undefined, 'Current password');
  const wanted = await newPassword(options.password);
  const ledger = LedgerAccess.of(options);
  try {
    const answer = await ledger.post('/api/password', { current, wanted });
    keepSession(ledger.folder, text(memberOf(answer, 'token')));
    note('Your password is changed.');
  } finally {
    await ledger.close();
  }
}

async function backup(into: string, options: LiveOptions): Promise<void> {
  const where = calledFrom(into);
  const made = await backupLedger(folderOf(options.data), where, note);
  print(made, { json: options.json === true }, () =>
    [
      `Backed up to ${where}, up to position ${made.position}.`,
      'It holds the keys of the vault: keep it as safe as the ledger. Keep erasures.jsonl of the ledger elsewhere too:',
      'a restore needs the erasures that came after the backup.',
    ].join('\n'),
  );
}

async function restore(from: string, into: string, options: LiveOptions): Promise<void> {
  const where = calledFrom(into);
  const erasures = options.erasures === undefined ? [] : erasuresIn(calledFrom(options.erasures));
  const { manifest, erasedAgain } = await restoreLedger(calledFrom(from), where, erasures, note);
  print({ ...manifest, erasedAgain }, { json: options.json === true }, () =>
    [
      `Restored to ${where}: everything up to position ${manifest.position}, made on ${manifest.madeAt}.`,
      `${erasedAgain} people were erased again.`,
      ...(options.erasures === undefined
        ? ['Erasures after the backup are unknown to it; if there were any, restore with --erasures FILE.']
        : []),
    ].join('\n'),
  );
}

/** Commands that open a live ledger and keep it. */
export function liveCommands(): readonly Command[] {
  return [
    withPassword(command('init', 'Make a live ledger in a new or empty folder'))
      .argument('<folder>')
      .option('--name <name>', 'the first user')
      .option('--email <address>', 'to sign in with')
      .option('--checkpoints <folder>', 'where checkpoints are copied, outside the ledger’s folder')
      .action(init),
    command('serve', 'Run a live ledger')
      .argument('<folder>')
      .option('--port <n>', 'where to listen (default: PORT, else 8080)')
      .action(serve),
    withPassword(command('sign-in', 'Sign in to a live ledger, for the commands that follow'))
      .option('--email <address>')
      .action(signIn),
    command('sign-out', 'End the session').action(async (options: CommonOptions) =>
      withLedger(
        options,
        async (ledger) => {
          const answer = await ledger.delete('/api/sessions');
          keepSession(ledger.folder, undefined);
          return answer;
        },
        () => 'Signed out.',
      ),
    ),
    withPassword(command('change-password', 'Change your own password')).action(changePassword),
    command('backup', 'Back a ledger up into a new folder, also while it runs')
      .argument('<into>')
      .action(backup),
    command('restore', 'Make a ledger from a backup in a new or empty folder, everything checked first')
      .argument('<backup>')
      .argument('<folder>')
      .option('--erasures <file>', 'erasures.jsonl of the ledger, kept outside the backup')
      .action(restore),
  ];
}
