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

/** Sizes come first: what is measured later writes to the same ledger. Recording over HTTP writes most, so it is last. */
export function everything(context: BenchContext): Measurement[] {
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
