import type { Measure } from '../catalogue/catalogue';

/** Refused: figures of these measures must not be added to one another (S3). */
export class UnlikeMeasuresError extends Error {
  readonly code = 'UNLIKE_MEASURES';
  constructor(problem: string) {
    super(problem);
    this.name = 'UnlikeMeasuresError';
  }
}

/**
 * Checks that figures of measures may be added. Only measures that declare one family may; distinct counts and
 * stocks never, since the same body or the same level would count twice.
 * @throws UnlikeMeasuresError naming the two that differ (S3)
 */
export function mayBeAdded(
  measures: readonly Pick<Measure, 'id' | 'label' | 'unit' | 'kind' | 'addsWith'>[],
): void {
  const [first, ...others] = measures;
  if (first === undefined) return;
  for (const measure of measures)
    if (measure.addsWith === undefined)
      throw new UnlikeMeasuresError(
        `“${measure.label}” cannot be added to anything: ${measure.kind === 'stock' ? 'it is a level' : 'it declares no family of measures'}.`,
      );
  for (const other of others)
    if (other.addsWith !== first.addsWith || other.unit !== first.unit || other.kind !== first.kind)
      throw new UnlikeMeasuresError(
        `“${first.label}” (${first.unit}, ${first.kind}) and “${other.label}” (${other.unit}, ${other.kind}) are unlike and cannot be added.`,
      );
}
