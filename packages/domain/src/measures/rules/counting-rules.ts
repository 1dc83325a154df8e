import type { CountingRule } from '../evaluation';
import type { Counted, RollUpQuestion, RollUps } from '../roll-ups';
import { bodiesOf, counting, sumOf, unsureRemainders } from './in-span';

const noBodies: ReadonlySet<string> = new Set();

/** What was counted, with what may belong to the year but is not known to. */
async function counted(
  { span }: RollUpQuestion,
  rollUps: RollUps,
  found: Omit<Counted, 'remainders' | 'bodies'>,
): Promise<Counted> {
  return { ...found, bodies: noBodies, remainders: unsureRemainders(await rollUps.countUnsure(span)) };
}

/** Once however many bodies took part. */
export const countThings: CountingRule = {
  id: 'count-things/1',
  additive: true,
  words: 'Each activity counts once, however many bodies took part.',
  evaluate: (question) => counting(question, (lines) => new Set(lines.map(({ thing }) => thing)).size),
  evaluateRollUps: async (question, rollUps) => {
    const things = await rollUps.things(question.year);
    return counted(question, rollUps, { value: await things.count(), illustrative: things.illustrative });
  },
};

/** Once however often it was supported. */
export const distinctBodies: CountingRule = {
  id: 'distinct-bodies/1',
  words: 'Each body counts once, however often it took part.',
  evaluate: (question) => counting(question, (lines) => bodiesOf(lines).size),
  evaluateRollUps: async (question, rollUps) => {
    const bodies = await rollUps.bodies([question.year]);
    return counted(question, rollUps, {
      value: bodies.all.size,
      illustrative: bodies.illustrative.size > 0,
    });
  },
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
  evaluateRollUps: async (question, rollUps) => {
    const persons = await rollUps.countPersons(question.year);
    return counted(question, rollUps, { value: persons.count, illustrative: persons.illustrative });
  },
};

export const sum: CountingRule = {
  id: 'sum/1',
  additive: true,
  words: 'The quantities of all records are added; repeats by the same body or person count each time.',
  evaluate: (question) => counting(question, sumOf),
  evaluateRollUps: async (question, rollUps) => {
    const things = await rollUps.things(question.year);
    return counted(question, rollUps, {
      value: safe(things.quantity),
      illustrative: things.illustrative,
    });
  },
};

/** Lines for each thing, as an exact ratio. */
export const mean: CountingRule = {
  id: 'mean/1',
  words: 'The number of places divided by the number of activities that have any.',
  evaluate: (question) => {
    const evaluation = counting(question, sumOf);
    return { ...evaluation, base: new Set(evaluation.lines.map(({ thing }) => thing)).size };
  },
  evaluateRollUps: async (question, rollUps) => {
    const things = await rollUps.things(question.year);
    return counted(question, rollUps, {
      value: safe(things.quantity),
      base: await things.count(),
      illustrative: things.illustrative,
    });
  },
};

function safe(sum: number): number {
  if (!Number.isSafeInteger(sum)) throw new RangeError('The sum is beyond 2^53');
  return sum;
}
