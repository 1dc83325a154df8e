import { addDays } from '@ledger/calendar';
import { deliverableOf } from '../things/deliverable';
import type { StandingContent } from '../things/thing';
import { line, type Line } from './line';

/**
 * The lines of a deliverable are levels: the deliverable and its target hold over its year, a rating from its day until
 * the day before the next one. So each is asked as at a day, and one stream tells all of it.
 */
export function deliverableLines(
  contents: readonly Pick<StandingContent, 'event' | 'withdrawn'>[],
  illustrative: boolean,
): Line[] {
  const deliverable = deliverableOf({ contents, withdrawn: false });
  if (deliverable === undefined) return [];
  const { agreed, span, ratings } = deliverable;
  const common = { offer: agreed.offer ?? null, basis: 'stated', illustrative } as const;
  const whole = { ...common, ...span, event: 'DeliverableAgreed' } as const;
  const lines = [line({ ...whole, kind: 'deliverable' })];
  if (agreed.targetCount !== undefined)
    lines.push(line({ ...whole, kind: 'target', quantity: agreed.targetCount }));
  for (const [at, { asAt, rag, achieved }] of ratings.entries()) {
    const next = ratings[at + 1];
    const to = next === undefined ? span.to : addDays(next.asAt, -1);
    const rated = { ...common, from: asAt, to, event: 'DeliverableRated' } as const;
    lines.push(line({ ...rated, kind: 'rating', subject: rag }));
    if (achieved !== undefined) lines.push(line({ ...rated, kind: 'achieved', quantity: achieved }));
  }
  return lines;
}
