import { nothingOf, type MadeContent, type RecordedThing } from './recorded-thing';
import { ThingStates } from './thing-states';

const id = '0190a0a0-0000-7000-8000-000000000000';
const thing: RecordedThing = {
  thing: nothingOf<MadeContent>(`activity-${id}`),
  firstPosition: 1,
  rows: [],
  keys: [],
};
/** The revision of the event that comes after it. */
const next = thing.thing.revision + 1n;

function keep(states: ThingStates, keys: string): void {
  for (const key of keys) states.keep(key, thing);
}

const remembered = (states: ThingStates, keys: string): string =>
  keys
    .split('')
    .filter((key) => states.before(key, next) !== undefined)
    .join('');

test('what is remembered when a chunk begins is remembered until it ends, however many things come in it', () => {
  const states = new ThingStates(2);
  keep(states, 'abc');
  states.chunkDone();
  keep(states, 'defghi');
  expect(remembered(states, 'abcdefghi')).toBe('abcdefghi');
});

test('at the end of a chunk earlier things are forgotten, once there are enough of late', () => {
  const states = new ThingStates(2);
  keep(states, 'abc');
  states.chunkDone();
  keep(states, 'd');
  states.chunkDone();
  expect(remembered(states, 'abcd')).toBe('abcd');
  keep(states, 'e');
  states.chunkDone();
  expect(remembered(states, 'abcde')).toBe('de');
});

test('a thing is remembered for the event after it only, and until it is known to have none', () => {
  const states = new ThingStates(2);
  keep(states, 'a');
  expect(states.before('a', next + 1n)).toBeUndefined();
  states.forget('a');
  expect(remembered(states, 'a')).toBe('');
});
