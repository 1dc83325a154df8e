import type { SubjectsOfYear, ThingsOfYear } from '@ledger/domain';
import type { SelectedLines, SelectedPart } from '../lines/selected-lines';
import { NumberSet } from '../roll-ups/number-set';

/*
 * What roll-ups would say, from lines in columns: for selections of which no roll-up is kept. No line is written out,
 * so it is many times quicker than counting lines one by one.
 */

/** The things of lines, and the quantity of their lines. */
export function thingsIn(selected: SelectedLines): ThingsOfYear {
  let quantity = 0;
  for (const { lines, selected: some } of selected.parts)
    for (const line of some) quantity += lines.quantity[line] ?? 0;
  return { count: async () => countThings(selected), quantity, illustrative: selected.illustrative };
}

/** How many things the lines are of. */
export function countThings({ parts }: SelectedLines): number {
  const things = new NumberSet();
  let before = -1;
  for (const { lines, selected } of parts)
    for (const line of selected) {
      const thing = lines.thing[line] ?? 0;
      // The lines of a thing in a sheet mostly follow one another.
      if (thing !== before) things.add(thing);
      before = thing;
    }
  return things.size;
}

/** The bodies or persons that lines name, by their numbers. */
export function subjectsIn({ parts }: SelectedLines, of: 'body' | 'person'): SubjectsOfYear {
  const found = { all: new NumberSet(), illustrative: new NumberSet() };
  for (const part of parts) addSubjects(found, part, of);
  return found;
}

/** The bodies that lines name, offer by offer. */
export function bodiesByOfferIn({
  parts,
}: SelectedLines): readonly (SubjectsOfYear & { readonly offer: string | null })[] {
  const byOffer = new Map<string | null, { readonly all: NumberSet; readonly illustrative: NumberSet }>();
  for (const part of parts) {
    const { offer } = part.sheet;
    const found = byOffer.get(offer) ?? { all: new NumberSet(), illustrative: new NumberSet() };
    byOffer.set(offer, found);
    addSubjects(found, part, 'body');
  }
  return [...byOffer].map(([offer, found]) => ({ offer, ...found }));
}

function addSubjects(
  { all, illustrative }: { readonly all: NumberSet; readonly illustrative: NumberSet },
  { sheet, lines, selected }: SelectedPart,
  of: 'body' | 'person',
): void {
  const numbers = lines[of];
  for (const line of selected) {
    const subject = numbers[line] ?? 0;
    if (subject === 0) continue;
    all.add(subject);
    if (sheet.illustrative) illustrative.add(subject);
  }
}
