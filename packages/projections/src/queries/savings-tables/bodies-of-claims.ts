import type { Asking, Ground } from '../asking';
import { selectLines } from '../select-lines';

/** The bodies of a claim, each with the pence that the claim gives as its share; null where it gives none. */
export type BodiesOfClaim = ReadonlyMap<string, number | null>;

/** The bodies that claims name, by the positions of the claims' first events. */
export async function bodiesOfClaims(
  asking: Asking,
  ground: Ground,
  wanted: ReadonlySet<number>,
): Promise<ReadonlyMap<number, BodiesOfClaim>> {
  const { parts, index } = await selectLines(asking, ground, { kinds: ['claim-body', 'gain-share'] });
  const found = new Map<number, Map<string, number | null>>();
  for (const { sheet, lines, selected } of parts)
    for (const line of selected) {
      const thing = lines.thing[line] ?? 0;
      const body = index.body(lines.body[line] ?? 0);
      if (body === null || !wanted.has(thing)) continue;
      const bodies = found.get(thing) ?? new Map<string, number | null>();
      found.set(thing, bodies);
      const known = bodies.get(body) ?? null;
      // A body in two roles has two shares.
      if (sheet.kind === 'gain-share') bodies.set(body, (known ?? 0) + (lines.quantity[line] ?? 0));
      else bodies.set(body, known);
    }
  return found;
}
