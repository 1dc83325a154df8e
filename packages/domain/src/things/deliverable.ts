import { financialYearSpan } from '@ledger/calendar';
import type { EventData, Rag } from '@ledger/events';
import { shareOf, type Share } from '../measures/share';
import type { StandingContent } from './thing';

export type Agreed = EventData<'DeliverableAgreed'>;
export type Rated = EventData<'DeliverableRated'>;

/** What the colours of a rating mean. */
export type RagDefinition = Readonly<Record<Rag, string>>;

/** One deliverable as its stream says it. */
export interface Deliverable {
  readonly agreed: Agreed;
  /** Its year: nothing of it holds before or after. */
  readonly span: { readonly from: string; readonly to: string };
  /** The ratings that stand, by their days; of two for one day the one recorded later. */
  readonly ratings: readonly Rated[];
}

/** The deliverable that a thing is; undefined where nothing stands that was agreed. */
export function deliverableOf(thing: {
  readonly withdrawn: boolean;
  readonly contents: readonly Pick<StandingContent, 'event' | 'withdrawn'>[];
}): Deliverable | undefined {
  if (thing.withdrawn) return undefined;
  let agreed: Agreed | undefined;
  const byDay = new Map<string, Rated>();
  for (const { event, withdrawn } of thing.contents) {
    if (withdrawn) continue;
    if (event.type === 'DeliverableAgreed') agreed ??= event.data;
    if (event.type === 'DeliverableRated') byDay.set(event.data.asAt, event.data);
  }
  if (agreed === undefined) return undefined;
  const span = financialYearSpan(agreed.year);
  const ratings = [...byDay.values()].filter(({ asAt }) => span.from <= asAt && asAt <= span.to);
  return { agreed, span, ratings: ratings.sort((a, b) => (a.asAt < b.asAt ? -1 : 1)) };
}

/** The rating that holds on a day: the last one up to it. */
export function ratingOn({ ratings }: Deliverable, day: string): Rated | undefined {
  return ratings.findLast(({ asAt }) => asAt <= day);
}

/** What the colours of a rating mean: what it says itself, otherwise what was agreed. */
export function definitionOf({ agreed }: Deliverable, rating: Rated | undefined): RagDefinition {
  return {
    green: rating?.greenMeans ?? agreed.greenMeans,
    amber: rating?.amberMeans ?? agreed.amberMeans,
    red: rating?.redMeans ?? agreed.redMeans,
  };
}

/** How far a deliverable has come. More than the target is no share of it, and is shown as a count. */
export function progressOf({ agreed }: Deliverable, rating: Rated | undefined): Share | null {
  const { targetCount } = agreed;
  const achieved = rating?.achieved;
  if (targetCount === undefined || achieved === undefined) return null;
  if (achieved <= targetCount) return shareOf(achieved, targetCount);
  return {
    numerator: achieved,
    base: targetCount,
    percentage: null,
    shown: `${achieved} against a target of ${targetCount}`,
  };
}
