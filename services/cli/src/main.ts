import { Command, CommanderError } from 'commander';
import { commandsFor } from './commands/every-command';
import { exitCodeOf, exitCodes } from './exit-codes';
import { fileErrorInWords } from './file-errors';
import { note } from './output';
import { UnreadableFileError } from './read-items';
import { RefusedError } from './refused-error';

const program = new Command('ledger')
  .description(
    'The programme activity ledger: record what was done, ask what it came to, explain every figure.',
  )
  .exitOverride()
  .enablePositionalOptions()
  .configureHelp({ sortSubcommands: false })
  .addHelpText(
    'after',
    '\nExit codes: 0 done, 1 refused, 2 wrong use, 3 not found (verify: origin not proved), 4 in conflict, 5 ledger not reachable.\n' +
      'It goes through the running server if there is one, otherwise it opens the files alone.',
  );
/** Commander tells of wrong use by an error, in commands of commands too. */
function overriding(made: Command): Command {
  for (const inner of made.commands) overriding(inner);
  // What comes after the name of an inner command is that one's, though the outer one knows the option too.
  return made.enablePositionalOptions().exitOverride();
}

/** What is wrong with what was given, not with the ledger. */
const refusals = new Set([
  'FOLDER_NOT_EMPTY',
  'WEAK_PASSWORD',
  'INVALID_PERSON',
  'NOBODY_TO_ASK',
  'DAMAGED_BACKUP',
  'WRONG_LEDGER',
  'CONFIGURATION',
  'NOT_A_BUNDLE',
  'INVALID_KEY',
  'LOG_DIFFERS',
  'SEALS_BROKEN',
  'UNWRITABLE_FILE',
  'NO_VAULT',
  'NO_VAULT_KEY',
  'WRONG_VAULT_KEY',
  'VAULT_DIFFERS',
  'STORES_IN_USE',
]);

/** Whether --json was asked for: then a problem is a JSON document too. */
const json = process.argv.includes('--json');

function fail(code: number, message: string, problem: unknown): void {
  if (json) process.stdout.write(`${JSON.stringify({ error: problem })}\n`);
  note(message);
  process.exitCode = code;
}

function plain({ problem }: RefusedError): string {
  const errors = problem.errors ?? [];
  // Often the detail says already all there is.
  if (errors.every(({ message }) => problem.detail.includes(message))) return problem.detail;
  return [problem.detail, ...errors.map(({ path, message }) => `  ${path}: ${message}`)].join('\n');
}

// A reader that has seen enough (`| head`) ends the command, without an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) =>
  process.exit(error.code === 'EPIPE' ? exitCodes.done : exitCodes.unavailable),
);

async function run(): Promise<void> {
  for (const made of await commandsFor(process.argv[2])) program.addCommand(overriding(made));
  await program.parseAsync(process.argv);
}

run().catch((error: unknown) => {
  if (error instanceof CommanderError) {
    // Help and the version are answers; everything else commander ends with is wrong use, which it has explained.
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
    return;
  }
  if (error instanceof RefusedError) {
    fail(exitCodeOf(error.status), plain(error), error.problem);
    return;
  }
  const fileError = fileErrorInWords(error);
  const message = fileError ?? (error instanceof Error ? error.message : String(error));
  const badInput =
    fileError !== undefined ||
    error instanceof UnreadableFileError ||
    (error instanceof Error && 'code' in error && refusals.has(String(error.code))) ||
    error instanceof SyntaxError;
  fail(badInput ? exitCodes.refused : exitCodes.unavailable, message, { detail: message });
});
