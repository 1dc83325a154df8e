import { lintRegister, Register } from '@ledger/councils';
import type { LedgerEvent } from '@ledger/events';
import { realRegister } from './bodies';
import { inventedCouncils, inventedFacts, inventedSource } from './invented-councils';

const count = 800;
const facts = inventedFacts(count, 1);
const register = Register.fromFacts(
  [...realRegister(), ...facts].map(({ bodyId, eventId, type, data }, at) => ({
    position: BigInt(at + 1),
    bodyId,
    eventId,
    // Validated against the type's schema when the tables were read.
    event: { type, data } as unknown as LedgerEvent,
  })),
);
const real = new Set(realRegister().map(({ bodyId }) => bodyId));
const invented = [...register.bodies()].filter(({ id }) => !real.has(id));

test('so many councils are invented, and each says so by its name and in every fact', () => {
  expect(invented).toHaveLength(count);
  expect(new Set(invented.map(({ name }) => name)).size).toBe(count);
  for (const { name } of invented) expect(name).toMatch(/^Invented Council \d+, after /);
  expect(new Set(facts.map(({ data }) => data['source']))).toEqual(new Set([inventedSource]));
});

test('each is of the type and region of a real one, there at the same time and under the same control in every year', () => {
  const likeness = ({ type, region, from, until, control }: (typeof invented)[number]): string =>
    JSON.stringify([type, region, from, until, control.map(({ value }) => [value.from, value.control])]);
  const ofReal = new Set([...register.bodies()].filter(({ id }) => real.has(id)).map(likeness));
  for (const council of invented) expect(ofReal).toContain(likeness(council));
});

test('every real one is drawn before any comes again, so types and regions keep their proportions', () => {
  const times = new Map<string, number>();
  for (const { name } of invented) {
    const after = name.slice(name.indexOf('after'));
    times.set(after, (times.get(after) ?? 0) + 1);
  }
  expect(new Set(times.values())).toEqual(new Set([2, 3]));
  expect(times.size).toBe(real.size);
});

test('the register finds nothing wrong with them beside the real ones', () => {
  expect(lintRegister(register)).toEqual([]);
});

test('the same number and seed give the same tables, another seed others', () => {
  expect(inventedCouncils(40, 1)).toEqual(inventedCouncils(40, 1));
  expect(inventedCouncils(40, 2).bodies).not.toBe(inventedCouncils(40, 1).bodies);
  expect(inventedCouncils(60, 1).bodies.startsWith(inventedCouncils(40, 1).bodies)).toBe(true);
});
