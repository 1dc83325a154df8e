import type { CountingRule } from '../evaluation';
import { bodiesOf, counting, sumOf } from './in-span';

/** Once however many bodies took part. */
export const countThings: CountingRule = {
  id: 'count-things/1',
  words: 'Each activity counts once, however many bodies took part.',
  evaluate: (question) => counting(question, (lines) => new Set(lines.map(({ thing }) => thing)).size),
};

/** Once however often it was supported. */
export const distinctBodies: CountingRule = {
  id: 'distinct-bodies/1',
  words: 'Each body counts once, however often it took part.',
  evaluate: (question) => counting(question, (lines) => bodiesOf(lines).size),
};

/** Once however many places he or she took; lines without a person are not persons. */
export const distinctPersons: CountingRule = {
  id: 'distinct-persons/1',
  words: 'Each person counts once, however many places he or she took.',
  evaluate: (question) =>
    counting(question, (lines) => {
      const persons = new Set<string>();
      for (const { line } of lines) if (line.person !== null) persons.add(line.person);
      return persons.size;
    }),
};

export const sum: CountingRule = {
  id: 'sum/1',
  words: 'The quantities of all records are added; repeats by the same body or person count each time.',
  evaluate: (question) => counting(question, sumOf),
};

/** Lines for each thing, as an exact ratio. */
export const mean: CountingRule = {
  id: 'mean/1',
  words: 'The number of places divided by the number of activities that have any.',
  evaluate: (question) => {
    const evaluation = counting(question, sumOf);
    return { ...evaluation, base: new Set(evaluation.lines.map(({ thing }) => thing)).size };
  },
};
