import { copyLedgerLog, parseLogAddress } from '@ledger/standalone';
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
      'The vault, the seals and the accounts stay in the ledger’s folder.',
    ].join('\n'),
  );
}

/** Moving a log from one engine to another. */
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
  ];
}
