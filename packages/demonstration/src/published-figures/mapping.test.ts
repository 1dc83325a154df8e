import { initialMeasures } from '@ledger/domain';
import { catalogueEntries } from '../catalogue/catalogue-events';
import { figureMapping } from './mapping';
import { publishedFigures } from './published-figures';

const figures = new Map(publishedFigures().map((figure) => [figure.figure, figure]));
const declared = new Set(catalogueEntries().map(({ stream }) => stream));

test('at least 60 figures of at least four reports are questions the ledger can compute', () => {
  expect(new Set(figureMapping.map(({ figure }) => figure)).size).toBe(figureMapping.length);
  expect(figureMapping.length).toBeGreaterThanOrEqual(60);
  expect(new Set(figureMapping.map(({ figure }) => figures.get(figure)?.document)).size).toBe(5);
});

test('every mapped figure, measure, offer, programme and area is there', () => {
  const missing = figureMapping.flatMap(({ figure, query }) => [
    ...(figures.has(figure) ? [] : [figure]),
    ...('measure' in query && !initialMeasures.some(({ id }) => id === query.measure) ? [query.measure] : []),
    ...('offer' in query && query.offer !== undefined && !declared.has(`offer-${query.offer}`)
      ? [query.offer]
      : []),
    ...('programme' in query && query.programme !== undefined && !declared.has(`programme-${query.programme}`)
      ? [query.programme]
      : []),
    ...('area' in query && query.area !== undefined && !declared.has(`savings-area-${query.area}`)
      ? [query.area]
      : []),
  ]);
  expect(missing).toEqual([]);
});

test('a figure is mapped to a question about its own year', () => {
  const wrong = figureMapping.filter(
    ({ figure, query }) => figures.get(figure)?.financialYear !== query.year,
  );
  expect(wrong.map(({ figure }) => figure)).toEqual([]);
});
