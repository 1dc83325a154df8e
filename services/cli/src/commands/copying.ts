import { copyLedgerLog, copyLedgerVault, parseLogAddress, parseVaultAddress } from '@ledger/standalone';
import { Command } from 'commander';
import { calledFrom } from '../called-from';
import { print } from '../output';
import { showingProgress } from '../progress';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly seals?: string;
  readonly json?: boolean;
}

async function copy(options: CopyOptions): Promise<void> {
  const from = parseLogAddress(options.from, calledFrom);
  const to = parseLogAddress(options.to, calledFrom);
  const sealsIn = options.seals === undefined ? undefined : calledFrom(options.seals);
  let step = { doing: 'opening', done: 0, total: 0 };
  const { position, alreadyThere, seals } = await showingProgress(
    () => Promise.resolve(step),
    200,
    () =>
      copyLedgerLog({
        from,
        to,
        sealsIn,
        onStep: ({ doing, done, total }) => (step = { doing, done: Number(done), total: Number(total) }),
      }),
  );
  const answer = { position: String(position), alreadyThere: String(alreadyThere), seals };
  print(answer, { json: options.json === true }, () =>
    [
      `Copied: the log ends at position ${position} on both sides, byte for byte.`,
      ...(alreadyThere > 0n ? [`${alreadyThere} events were there already, and are the same.`] : []),
      seals === null
        ? 'No seals were found to hold it against: name the folder of the ledger with --seals.'
        : `The seals hold, before and after: ${seals.sealed} events sealed, ${seals.notSealed} not yet, ${seals.checkpoints} checkpoints.`,
      'The vault, the seals and the accounts stay in the ledger’s folder; copy-vault copies the vault.',
    ].join('\n'),
  );
}

interface CopyVaultOptions {
  readonly from: string;
  readonly to: string;
  readonly key?: string;
  readonly json?: boolean;
}

async function copyVault(options: CopyVaultOptions): Promise<void> {
  let step = { doing: 'opening', done: 0, total: 0 };
  const copied = await showingProgress(
    () => Promise.resolve(step),
    200,
    () =>
      copyLedgerVault({
        from: parseVaultAddress(options.from, calledFrom),
        to: parseVaultAddress(options.to, calledFrom),
        keyFile: options.key === undefined ? undefined : calledFrom(options.key),
        onStep: (now) => (step = now),
      }),
  );
  const { people, notes, evidence, alreadyThere } = copied;
  print(copied, { json: options.json === true }, () =>
    [
      `Copied, read back and compared: people ${people}, notes ${notes}, evidence files ${evidence}, sealed as they were.`,
      ...(alreadyThere > 0 ? [`${alreadyThere} rows were there already, and are the same.`] : []),
      'Its key went along, in a file of its own. Delete the vault that is given up: whoever is erased must be erased everywhere.',
    ].join('\n'),
  );
}

function copyVaultCommand(): Command {
  return new Command('copy-vault')
    .description('Copy the vault of a ledger to another engine, or go on with a copy that broke off')
    .requiredOption('--from <address>', 'sqlite:PATH or postgresql://USER:PASSWORD@HOST:PORT/DATABASE')
    .requiredOption('--to <address>', 'the same; empty, or begun by a copy of the same vault')
    .option('--key <file>', 'the file of the key of the vault in PostgreSQL')
    .option('--json', 'print one JSON document')
    .addHelpText(
      'after',
      '\nPATH is the folder of a ledger, or the file of its vault, whose key lies beside it as FILE.key.' +
        '\nEverything stays sealed under the same key: its file is copied where none is, and must be the same where one is.' +
        '\nNothing else may be recorded or erased while it copies: stop the services first.',
    )
    .action(copyVault);
}

/** Moving a log or a vault from one engine to another. */
export function copyingCommands(): readonly Command[] {
  return [
    new Command('copy')
      .description('Copy the log of a ledger to another engine, or go on with a copy that broke off')
      .requiredOption('--from <address>', 'sqlite:PATH or kurrentdb://HOST:2113?OPTIONS')
      .requiredOption('--to <address>', 'the same; empty, or begun by a copy of the same log')
      .option('--seals <folder>', 'the folder of the ledger whose seals are checked')
      .option('--json', 'print one JSON document')
      .addHelpText(
        'after',
        '\nPATH is the folder of a ledger, or the file of its log. Ids, times, order, positions and bytes stay.' +
          '\nNothing else may be recorded while it copies: stop the server first, or what comes later is not in the copy.',
      )
      .action(copy),
    copyVaultCommand(),
  ];
}
