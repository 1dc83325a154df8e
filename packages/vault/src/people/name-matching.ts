import type { Person, PersonMatch } from './person';

/*
 * Names are compared by their words, folded: case, accents, order and titles do not matter. Whether two names that
 * are only alike mean one person is never decided here: such matches are doubtful, and somebody says.
 */

/** More than this many people a name may mean are not shown: a longer name is asked for. */
export const mostCandidates = 2000;

const titles = new Set([
  'cllr',
  'councillor',
  'mr',
  'mrs',
  'ms',
  'miss',
  'dr',
  'sir',
  'dame',
  'lord',
  'lady',
]);

/** The words of a name, folded. */
function nameWords(name: string): string[] {
  const words = name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’.]/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const strong = words.filter((word) => !titles.has(word));
  return strong.length > 0 ? strong : words;
}

/** What a word sounds like, roughly: its first letter and the consonants after it. "Smith" and "Smyth" are one. */
function soundOf(word: string): string {
  const spelled = word.replaceAll('ph', 'f').replaceAll('ck', 'k').replaceAll('c', 'k').replaceAll('z', 's');
  return (spelled.charAt(0) + spelled.slice(1).replaceAll(/[aeiouyh]/g, '')).replaceAll(/(.)\1+/g, '$1');
}

/** What a name is looked up by: each word, and what it sounds like. */
export function lookupsOf(name: string): string[] {
  return [...new Set(nameWords(name).flatMap((word) => [`word/${word}`, `sound/${soundOf(word)}`]))];
}

function alike(one: string, other: string): boolean {
  if (one === other || soundOf(one) === soundOf(other)) return true;
  // An initial is alike every name that begins with it.
  return (one.length === 1 || other.length === 1) && one.charAt(0) === other.charAt(0);
}

/** How two names compare: the same words, alike, or different. */
function compareNames(one: string, other: string): 'same' | 'doubtful' | 'different' {
  const [a, b] = [nameWords(one), nameWords(other)];
  if ([...a].sort().join(' ') === [...b].sort().join(' ')) return 'same';
  const [fewer, more] = a.length <= b.length ? [a, [...b]] : [b, [...a]];
  let found = 0;
  let whole = 0;
  for (const word of fewer) {
    const at = more.findIndex((candidate) => alike(word, candidate));
    if (at === -1) continue;
    found += 1;
    if (word.length > 1 && (more[at] ?? '').length > 1) whole += 1;
    more.splice(at, 1);
  }
  // Every word of the shorter name must have its like, and not by initials alone.
  return found === fewer.length && whole > 0 ? 'doubtful' : 'different';
}

/** Those of the people whom a name may mean: the same names first, then doubtful ones, else in the order given. */
export function matchesOf(name: string, people: readonly Person[]): PersonMatch[] {
  const matches = people.flatMap((person) => {
    const match = person.name === null ? 'different' : compareNames(name, person.name);
    return match === 'different' ? [] : [{ person, match }];
  });
  return matches.sort((a, b) => Number(a.match === 'doubtful') - Number(b.match === 'doubtful'));
}
