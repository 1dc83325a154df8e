import type { ToldIn } from '../answered';
import type { PublishedFact } from '../publications/published-facts';

/** A figure as publications name it: what it asks, and with which parameters. */
export interface NamedFigure {
  readonly ask: 'annual-total' | 'savings';
  readonly parameters: Readonly<Record<string, string>>;
}

/** Whether a published figure is the named one, or of gains, one that the named ones are added into. */
function isOf({ ask, parameters }: NamedFigure, { figure }: PublishedFact): boolean {
  if (figure.ask !== ask) return false;
  const said = Object.entries(figure.parameters);
  if (ask === 'annual-total' && said.length !== Object.keys(parameters).length) return false;
  return said.every(([name, value]) => parameters[name] === value);
}

/**
 * The publications that a change between two positions bears on: those that told the figure before it, and of what was
 * told since, those that say otherwise than it does now; the last of each.
 * @param facts what was published up to the later position
 */
export function toldIn(
  facts: readonly PublishedFact[],
  named: NamedFigure,
  { before, shown }: { readonly before: bigint; readonly shown: string | null },
): readonly ToldIn[] {
  const told = new Map<string, ToldIn>();
  for (const fact of facts) {
    if (!isOf(named, fact)) continue;
    const { publication, position, figure } = fact;
    if (position > before && figure.shown === shown) continue;
    told.set(`${publication} ${figure.label}`, {
      publication,
      title: figure.publication,
      shown: figure.shown,
    });
  }
  return [...told.values()];
}
