import type { SubjectsOfYear, ThingsOfYear } from '@ledger/domain';
import type { SelectedLines, SelectedPart } from '../lines/selected-lines';
import { NumberSet } from '../roll-ups/number-set';

/*
 * What roll-ups would say, from lines in columns: for selections of which no roll-up is kept. No line is written out,
 * so it is many times quicker than counting lines one by one.
 */

/** The things of lines, and the quantity of their lines. */
export function thingsIn({ parts }: SelectedLines): ThingsOfYear {
  const things = new NumberSet();
  let quantity = 0;
  let illustrative = false;
  for (const { sheet, lines, selected } of parts)
    for (const line of selected) {
      things.add(lines.thing[line] ?? 0);
      quantity += lines.quantity[line] ?? 0;
      illustrative ||= sheet.illustrative;
    }
  return { count: async () => things.size, quantity, illustrative };
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
