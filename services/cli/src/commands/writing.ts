import type { Command } from 'commander';
import { memberOf, rowsOf, text } from '../output';
import { readGiven } from '../read-given';
import { command } from './context';

/** What people are told of a command that was carried out. */
export function done(answer: unknown): string {
  if (memberOf(answer, 'dryRun') === true)
    return `Nothing is wrong; ${rowsOf(answer, 'records').length} records would be written. Nothing was recorded.`;
  const again =
    memberOf(answer, 'replayed') === true ? ' (this command was recorded before; nothing was added)' : '';
  const things = rowsOf(answer, 'records')
    .slice(0, 20)
    .map((row) => `  ${text(row['kind'])} ${text(row['id'])}`);
  return [`Recorded up to position ${text(memberOf(answer, 'position'))}${again}.`, ...things].join('\n');
}

/** A command that writes: takes a key that makes a repeat harmless, and a dry run. */
export function writing(name: string, description: string): Command {
  return command(name, description)
    .option('--key <key>', 'names this command for ever: the same again adds nothing')
    .option('--dry-run', 'check everything, record nothing');
}

/** A command that says why: a reason code and, if there is one, a note. */
export function withReason(made: Command): Command {
  return made
    .requiredOption(
      '--reason <code>',
      'typing-error, late-information, wrong-body, wrong-date, duplicate, did-not-happen, wrong-offer or other',
    )
    .option('--note <text>', 'kept in the vault, not in the log');
}

/** The text of a file, or of standard input. */
export function readText(file: string): string {
  return readGiven(file).toString('utf8');
}
