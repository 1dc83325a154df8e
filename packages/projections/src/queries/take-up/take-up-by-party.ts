import type { StandingLine } from '@ledger/domain';
import type { SelectedLines } from '../../lines/selected-lines';
import { NumberSet } from '../../roll-ups/number-set';
import type { RuleCited } from '../answers';

/** Groups of fewer people than this are withheld (design section 4). */
const smallestShownGroup = 5;

export const partyRule: RuleCited = {
  id: 'share-by-party/1',
  words:
    'Distinct councillors who took part and publicly stood for the party, out of all who took part: a share, not take-up. ' +
    'Groups of fewer than five people are withheld, and others where one could be worked out from the rest.',
};

/** Distinct persons of a party; null where withheld. */
export interface PartyCount {
  readonly party: string;
  readonly persons: number | null;
}

/**
 * Which groups to withhold: every one of one to four people, and then the next smallest ones until what is
 * withheld cannot be worked out from the total.
 */
export function withheldGroups(sizes: ReadonlyMap<string, number>): ReadonlySet<string> {
  const ascending = [...sizes].filter(([, size]) => size > 0).sort(([, a], [, b]) => a - b);
  const withheld = new Set<string>();
  let people = 0;
  for (const [group, size] of ascending) {
    const enough =
      withheld.size === 0 ? size >= smallestShownGroup : withheld.size >= 2 && people >= smallestShownGroup;
    if (size >= smallestShownGroup && enough) break;
    withheld.add(group);
    people += size;
  }
  return withheld;
}

/** Distinct councillors of each party, and in all. */
export interface Parties {
  readonly sizes: ReadonlyMap<string, number>;
  readonly total: number;
}

/** The parties of lines. */
export function partiesOf(lines: readonly StandingLine[]): Parties {
  const persons = new Map<string, Set<string>>();
  const all = new Set<string>();
  for (const { line } of lines) {
    if (line.person === null || line.party === null) continue;
    all.add(line.person);
    persons.set(line.party, (persons.get(line.party) ?? new Set()).add(line.person));
  }
  return { sizes: new Map([...persons].map(([party, members]) => [party, members.size])), total: all.size };
}

/** The parties of lines that are still in columns: told by numbers, since there may be a great many. */
export function partiesOfColumns({ parts, index }: SelectedLines): Parties {
  const persons = new Map<string, NumberSet>();
  const all = new NumberSet();
  for (const { lines, selected } of parts) {
    // Few manners, many lines: the party of each is looked up once for a sheet.
    const ofManner: (NumberSet | null | undefined)[] = [];
    for (const line of selected) {
      const person = lines.person[line] ?? 0;
      if (person === 0) continue;
      const manner = lines.manner[line] ?? 0;
      let members = ofManner[manner];
      if (members === undefined) {
        const { party } = index.manner(manner);
        members = party === null ? null : (persons.get(party) ?? new NumberSet());
        if (party !== null && members !== null) persons.set(party, members);
        ofManner[manner] = members;
      }
      if (members === null) continue;
      all.add(person);
      members.add(person);
    }
  }
  return { sizes: new Map([...persons].map(([party, members]) => [party, members.size])), total: all.size };
}

/** A row for each party, small ones withheld. */
export function partyRows({ sizes, total }: Parties): {
  readonly rows: readonly PartyCount[];
  readonly total: number;
} {
  const withheld = withheldGroups(sizes);
  const rows = [...sizes].map(([party, size]) => ({ party, persons: withheld.has(party) ? null : size }));
  return { rows: rows.sort((a, b) => (a.party < b.party ? -1 : 1)), total };
}
