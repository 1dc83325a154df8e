import type { BenchContext } from '../context';
import type { Measurement } from '../line';
import { bodiesMeasurements } from './bodies';
import { delayMeasurement } from './delay';
import { projectLogMeasurement, projectMeasurement } from './project';
import { publishMeasurement } from './publish';
import { rebuildPostgresMeasurement } from './rebuild';

/** What is measured of the ledger scaled out. */
export function everythingScaled(context: BenchContext): Measurement[] {
  return [
    publishMeasurement(context),
    projectMeasurement(context),
    projectLogMeasurement(context),
    rebuildPostgresMeasurement(context),
    delayMeasurement(context),
    ...bodiesMeasurements(context),
  ];
}
