import { Command } from 'commander';
import { LedgerAccess } from '../access';
import { print, type ForPeople } from '../output';

/** Options that every command takes. */
export interface CommonOptions {
  readonly data?: string;
  readonly user?: string;
  readonly json?: boolean;
  readonly asRecordedBy?: string;
}

/** A command with the options that all have. */
export function command(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .option('--data <folder>', 'the folder of the ledger (default: LEDGER_DATA, else the demonstration)')
    .option('--user <name>', 'in a demonstration: the user who asks')
    .option('--json', 'print one JSON document');
}

/** A command that asks: also takes the day or position to ask as recorded by. */
export function question(name: string, description: string): Command {
  return command(name, description).option(
    '--as-recorded-by <day or position>',
    'as the ledger knew it then',
  );
}

/** Runs work with a way to the ledger, prints its answer, and lets go of the ledger. */
export async function withLedger(
  options: CommonOptions,
  work: (ledger: LedgerAccess) => Promise<unknown>,
  forPeople: ForPeople,
): Promise<void> {
  const ledger = LedgerAccess.of(options);
  try {
    print(await work(ledger), { json: options.json === true }, forPeople);
  } finally {
    await ledger.close();
  }
}
