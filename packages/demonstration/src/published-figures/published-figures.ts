import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventDefinitions, type EventData } from '@ledger/events';

/** A figure as a report printed it. */
export type PublishedFigure = EventData<'FigureBroughtForward'>;

/** The 609 figures of five reports that a programme's records could produce. */
export function publishedFigures(): readonly PublishedFigure[] {
  const file = join(__dirname, '..', '..', 'data', 'published-figures.json');
  const figures: unknown = JSON.parse(readFileSync(file, 'utf8'));
  return eventDefinitions.FigureBroughtForward.data.array().parse(figures);
}
