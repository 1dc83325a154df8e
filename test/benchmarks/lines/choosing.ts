import type { Measurement } from './line';

/** Thrown for an id that no line has. */
export class UnknownLineError extends Error {
  readonly code = 'UNKNOWN_LINE';
}

/**
 * The measurements of the lines asked for, in the order of the table; of all lines where none is named. A line comes
 * with the further figures of its row, whose ids it begins.
 * @throws UnknownLineError naming the ids there are
 */
export function measurementsOf(all: readonly Measurement[], only: readonly string[]): Measurement[] {
  if (only.length === 0) return [...all];
  const ids = all.flatMap(({ lines }) => lines.map(({ id }) => id));
  const unknown = only.find((wanted) => !ids.includes(wanted));
  if (unknown !== undefined)
    throw new UnknownLineError(`There is no line ${unknown}. The lines are: ${ids.join(', ')}.`);
  return all.flatMap((measurement) => {
    const lines = measurement.lines.filter(({ id }) =>
      only.some((wanted) => id === wanted || isFurther(id, wanted)),
    );
    return lines.length === 0 ? [] : [{ ...measurement, lines }];
  });
}

/** Whether a line is a further figure of another’s row. */
function isFurther(id: string, of: string): boolean {
  return ['during-rebuild', 'one-thread', 'as-recorded-by', 'while-sealing'].some(
    (suffix) => id === `${of}-${suffix}`,
  );
}
