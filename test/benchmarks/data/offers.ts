import { catalogueEntries, type CatalogueEntry } from '@ledger/demonstration';

/** So many offers of the demonstration's catalogue are in the data set. */
const offersInAll = 60;

/** Whose records are places of councillors on courses. */
export const courseOffers = [
  'leadership-academy',
  'leadership-essentials',
  'leadership-essentials-prevent',
  'next-generation',
  'focus-on-leadership',
  'effective-opposition',
  'councillor-e-learning',
] as const;

export interface BenchOffers {
  /** Themes, programmes, savings areas, offers and measures, as the demonstration declares them. */
  readonly entries: readonly CatalogueEntry[];
  readonly labels: ReadonlyMap<string, string>;
  readonly challenges: readonly string[];
  readonly support: readonly string[];
  readonly savingsAreas: readonly string[];
}

/** The catalogue of the data set: that of the demonstration, cut to 60 offers. */
export function benchOffers(): BenchOffers {
  let offers = 0;
  const entries = catalogueEntries().filter(
    ({ event }) => event.type !== 'OfferDeclared' || ++offers <= offersInAll,
  );
  const labels = new Map<string, string>();
  const challenges: string[] = [];
  const support: string[] = [];
  const courses: ReadonlySet<string> = new Set(courseOffers);
  for (const { stream, event } of entries) {
    if (event.type !== 'OfferDeclared') continue;
    const slug = stream.slice('offer-'.length);
    labels.set(slug, event.data.label);
    if (event.data.peerChallenge === true) challenges.push(slug);
    else if (!courses.has(slug)) support.push(slug);
  }
  const savingsAreas = entries.flatMap(({ stream, event }) =>
    event.type === 'SavingsAreaDeclared' ? [stream.slice('savings-area-'.length)] : [],
  );
  return { entries, labels, challenges, support, savingsAreas };
}
