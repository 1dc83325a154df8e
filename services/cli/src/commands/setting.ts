import type { Command } from 'commander';
import { UnreadableFileError } from '../read-items';
import { repeated } from '../repeated';

/** `method=actuals`: the field, and its value as JSON where it is JSON, else as text. @throws UnreadableFileError */
function assigned(assignment: string): readonly [string, unknown] {
  const [, field, value = ''] = /^([A-Za-z]+)=(.*)$/s.exec(assignment) ?? [];
  if (field === undefined)
    throw new UnreadableFileError(`--set ${assignment}: write the field, =, and the value: method=actuals.`);
  try {
    return [field, JSON.parse(value)];
  } catch {
    return [field, value];
  }
}

/** The fields that were set on the command line. @throws UnreadableFileError */
export function fieldsOf(set: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(set.map(assigned));
}

/** A command that takes fields one by one, where that is easier than a file. */
export function setting(made: Command, whatFor: string): Command {
  return made.option(
    '--set <field=value>',
    `${whatFor}; a value that is JSON is read as JSON; may be repeated`,
    repeated,
    [],
  );
}
