import { appendMeasurements } from './append';
import type { BenchContext } from './context';
import { diskMeasurement } from './disk';
import { httpMeasurement } from './http';
import type { Measurement } from './line';
import { liveMeasurement } from './live';
import { queriesMeasurement } from './queries';
import { rebuildMeasurement } from './rebuild';
import { sealsMeasurement } from './seals';
import { serverMeasurements } from './start';

/** Thrown for an id that no line has. */
export class UnknownLineError extends Error {
  readonly code = 'UNKNOWN_LINE';
}

/** Sizes come first: what is measured later writes to the same ledger. Recording over HTTP writes most, so it is last. */
function everything(context: BenchContext): Measurement[] {
  return [
    ...appendMeasurements(context),
    rebuildMeasurement(context),
    diskMeasurement(context),
    sealsMeasurement(context),
    ...serverMeasurements(context),
    queriesMeasurement(context),
    liveMeasurement(context),
    httpMeasurement(context),
  ];
}

/**
 * The measurements of the lines asked for, in the order of the table; of all lines where none is named. A line comes
 * with the further figures of its row, whose ids it begins.
 * @throws UnknownLineError naming the ids there are
 */
export function measurementsOf(context: BenchContext, only: readonly string[]): Measurement[] {
  const all = everything(context);
  if (only.length === 0) return all;
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
