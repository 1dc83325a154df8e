import { derivedId, type LedgerEvent } from '@ledger/events';
import fc from 'fast-check';
import type { BodyFact } from './body';
import { Register } from './register';

const source = 'test';
const days = ['2015-05-07', '2016-05-05', '2019-05-02', '2021-05-06'] as const;
const day = fc.constantFrom(...days);
const name = fc.constantFrom('Barton Council', 'Ashby Council', 'Corfe Council');
const control = fc.constantFrom('Labour' as const, 'Conservative', 'No overall control');

const registered = fc.record({ name, from: fc.option(day) }).map((said): LedgerEvent => ({
  type: 'BodyRegistered',
  data: { kind: 'council', type: 'district', region: 'London', codes: [], source, ...said },
}));
const controlled = fc
  .record({ control, from: day })
  .map((said): LedgerEvent => ({ type: 'ControlRecorded', data: { ...said, source } }));
const further: fc.Arbitrary<LedgerEvent> = fc.oneof(
  registered,
  day.map((on): LedgerEvent => ({ type: 'BodyDissolved', data: { on, successors: [], source } })),
  fc
    .record({ name, from: day })
    .map((said): LedgerEvent => ({ type: 'BodyRenamed', data: { ...said, source } })),
  fc.constantFrom('E1', 'E2').map((code): LedgerEvent => ({
    type: 'CodeAssigned',
    data: { system: 'gss', code, from: null, former: false, source },
  })),
);

/** Something said of a body: a fact, or that the one so many before is put right or taken back. */
interface Said {
  readonly body: string;
  readonly event: LedgerEvent | 'corrected' | 'withdrawn';
  readonly back: number;
}

const said: fc.Arbitrary<Said> = fc.record({
  body: fc.constantFrom('one', 'other'),
  event: fc.oneof(
    { weight: 6, arbitrary: controlled },
    { weight: 3, arbitrary: further },
    { weight: 1, arbitrary: fc.constantFrom('corrected' as const, 'withdrawn' as const) },
  ),
  back: fc.nat(3),
});

/** What undoes or changes one of the facts of a body; undefined where there is none. */
function changing(facts: readonly BodyFact[], { event, back }: Said): LedgerEvent | undefined {
  const named = facts.at(-1 - back);
  if (named === undefined) return undefined;
  const { type, data } = named.event;
  if (event === 'withdrawn') return { type: 'BodyFactWithdrawn', data: { event: named.eventId, source } };
  if (type === 'BodyFactCorrected' || type === 'BodyFactWithdrawn') return undefined;
  // The content of an event is an object.
  const content = { ...data, source: 'put right' } as Record<string, unknown>;
  return {
    type: 'BodyFactCorrected',
    data: { corrects: named.eventId, type, schemaVersion: 1, content, source },
  };
}

const history = fc
  .record({ first: registered, second: registered, later: fc.array(said, { maxLength: 14 }) })
  .map(({ first, second, later }) => {
    const facts: BodyFact[] = [];
    const add = (body: string, event: LedgerEvent): void => {
      const position = BigInt(facts.length + 1);
      facts.push({ position, eventId: derivedId('event', String(position)), bodyId: body, event });
    };
    add('one', first);
    add('other', second);
    for (const one of later) {
      const ofBody = facts.filter(({ bodyId }) => bodyId === one.body);
      const event = typeof one.event === 'string' ? changing(ofBody, one) : one.event;
      if (event !== undefined) add(one.body, event);
    }
    return facts;
  });

/** Everything that a register says. */
function toldBy(register: Register): unknown {
  return {
    bodies: [...register.bodies()],
    each: ['one', 'other'].map((id) => [register.body(id), register.factsOf(id)]),
    councils: days.map((on) =>
      register
        .councilsOn(on)
        .map(({ bodyId, ...council }) => JSON.stringify([bodyId, council]))
        .toSorted(),
    ),
  };
}

test('as recorded by a position it says what it would say if nothing had been recorded since', () => {
  fc.assert(
    fc.property(history, fc.nat(16), (facts, at) => {
      const position = BigInt(at);
      const then = Register.fromFacts(facts.filter((fact) => fact.position <= position));
      expect(toldBy(Register.fromFacts(facts).asRecordedBy(position))).toEqual(toldBy(then));
    }),
  );
});

test('with further facts it says what it would say if all of them had come at once', () => {
  fc.assert(
    fc.property(history, fc.nat(16), fc.nat(16), (facts, at, by) => {
      const before = Register.fromFacts(facts.slice(0, at));
      const after = before.withFacts(facts.slice(at));
      expect(toldBy(after)).toEqual(toldBy(Register.fromFacts(facts)));
      const earlier = Register.fromFacts(facts).asRecordedBy(BigInt(by));
      expect(toldBy(earlier.withFacts(facts.slice(by)))).toEqual(toldBy(Register.fromFacts(facts)));
    }),
  );
});

test('councils come by their names of the day, also where they have changed', () => {
  fc.assert(
    fc.property(history, day, (facts, on) => {
      const names = Register.fromFacts(facts)
        .councilsOn(on)
        .map((council) => council.name);
      expect(names).toEqual(names.toSorted());
    }),
  );
});
