import fc from 'fast-check';
import { demonstrationSchedule } from '@ledger/demonstration';
import { eventDefinitions, eventTypes, readContent, type EventType } from '@ledger/events';

/*
 * On read, events are validated by what is compiled from the derived JSON Schema, on write by zod itself. The two
 * must accept and refuse the same: shown on every event of the demonstration, and on spoilt copies of them.
 */

const samples = new Map<EventType, unknown[]>();
for (const { events } of demonstrationSchedule(true))
  for (const { event } of events) {
    const known = samples.get(event.type) ?? [];
    samples.set(event.type, known);
    if (known.length < 25) known.push(event.data);
  }

function compiledAccepts(type: EventType, data: unknown): boolean {
  try {
    readContent(type, eventDefinitions[type].version, data, null);
    return true;
  } catch {
    return false;
  }
}

const zodAccepts = (type: EventType, data: unknown): boolean =>
  eventDefinitions[type].data.safeParse(data).success;

type Json = Record<string, unknown>;

/** Every place in a value where something can be spoilt. */
function places(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [
    path,
    ...Object.entries(value).flatMap(([name, inner]) =>
      places(inner, [...path, Array.isArray(value) ? Number(name) : name]),
    ),
  ];
}

const spoilers: readonly unknown[] = [
  undefined,
  null,
  '',
  'x',
  'X Y',
  '2019-13-01',
  -1,
  0,
  1.5,
  2 ** 53,
  true,
  [],
  {},
  [null],
  'a\u0000b',
  'x'.repeat(121),
];

function spoilt(data: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [last] = path.slice(-1);
  if (last === undefined) return by;
  const copy = structuredClone(data) as Json;
  let inner: unknown = copy;
  for (const part of path.slice(0, -1)) inner = (inner as Json)[part];
  if (by === undefined) Reflect.deleteProperty(inner as Json, last);
  else Reflect.set(inner as Json, last, by);
  return copy;
}

test('the demonstration holds most event types', () => {
  expect(samples.size).toBeGreaterThan(20);
});

test.each([...samples])('%s: both accept what the demonstration holds', (type, list) => {
  for (const data of list)
    expect([compiledAccepts(type, data), zodAccepts(type, data)]).toEqual([true, true]);
});

test('both accept and refuse the same of spoilt events', () => {
  const all = [...samples].flatMap(([type, list]) => list.map((data) => ({ type, data })));
  let refused = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...all),
      fc.nat(),
      fc.constantFrom(...spoilers),
      ({ type, data }, place, by) => {
        const where = places(data);
        const changed = spoilt(data, where[place % where.length] ?? [], by);
        const accepted = zodAccepts(type, changed);
        if (!accepted) refused += 1;
        expect({ type, changed, accepted: compiledAccepts(type, changed) }).toEqual({
          type,
          changed,
          accepted,
        });
      },
    ),
    { numRuns: 3000 },
  );
  expect(refused).toBeGreaterThan(500);
});

test('every event type refuses what is no object, by both', () => {
  for (const type of eventTypes)
    for (const data of [null, [], 'x', 7])
      expect([compiledAccepts(type, data), zodAccepts(type, data)]).toEqual([false, false]);
});
