import type { CountingRule } from '../evaluation';
import type { Subjects } from '../roll-ups';
import { lies, type StandingLine } from '../standing-line';
import { grouped } from '../../grouped';

/**
 * Of the persons trained as peers in the span, those who were in a team for the first time in it. The selection
 * names the teams that count; a person who was in one before is not new.
 */
export const firstDeployed: CountingRule = {
  id: 'first-deployed/1',
  sequence: true,
  words:
    'Of the peers trained in the year, those who were in a team of the given kind in the year and in none before it.',
  evaluate: ({ lines, span }) => {
    const counted: StandingLine[] = [];
    let value = 0;
    let base = 0;
    for (const [person, ofPerson] of grouped(lines, ({ line }) => line.person)) {
      if (person === null || !ofPerson.some(({ line }) => line.kind === 'peer-trained' && lies(line, span)))
        continue;
      base += 1;
      const teams = ofPerson.filter(({ line }) => line.kind === 'peer');
      const inSpan = teams.filter(({ line }) => lies(line, span));
      if (inSpan.length === 0 || teams.some(({ line }) => line.to < span.from)) continue;
      value += 1;
      counted.push(...inSpan);
    }
    return { value, base, lines: counted, bodies: new Set(), remainders: [] };
  },
  evaluateRollUps: async ({ year, span }, rollUps) => {
    const trained = await rollUps.persons(year, 'peer-trained');
    const deployed = await rollUps.persons(year, 'peer');
    const candidates = [...trained.all].filter((person) => deployed.all.has(person));
    const before: Subjects[] = [];
    for (const earlier of candidates.length === 0 ? [] : rollUps.yearsOf('peer')) {
      if (earlier < year) before.push((await rollUps.persons(earlier, 'peer')).all);
    }
    const first = rollUps.day(span.from);
    const wideBefore = new Set<number>();
    await rollUps.eachSpell(
      { kinds: ['peer'], years: [null], days: { endsBy: first - 1 } },
      ({ person }) => void wideBefore.add(person),
    );
    const value = candidates.filter(
      (person) => !wideBefore.has(person) && !before.some((persons) => persons.has(person)),
    );
    return {
      value: value.length,
      base: trained.all.size,
      bodies: new Set(),
      remainders: [],
      illustrative: value.some((person) => deployed.illustrative.has(person)),
    };
  },
};
