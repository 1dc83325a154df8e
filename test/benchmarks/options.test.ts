import { readOptions } from './options';

test('without options a million events are measured, beside Emmett', () => {
  expect(readOptions([])).toMatchObject({ quick: false, events: 1_000_000, only: [], emmett: true });
});

test('quick is a tenth of that without Emmett; a number of events goes before', () => {
  expect(readOptions(['--quick'])).toMatchObject({ quick: true, events: 50_000, emmett: false });
  expect(readOptions(['--quick', '--events', '20000'])).toMatchObject({ events: 20_000 });
  expect(readOptions(['--no-emmett'])).toMatchObject({ quick: false, emmett: false });
});

test('lines are parted by commas', () => {
  expect(readOptions(['--only', 'start,explain']).only).toEqual(['start', 'explain']);
});

test('an option that is none is refused with those there are; so is a number of events that cannot be', () => {
  expect(() => readOptions(['--fast'])).toThrow('--quick');
  expect(() => readOptions(['--events', '1500'])).toThrow('whole thousands');
  expect(() => readOptions(['--events', 'many'])).toThrow('whole thousands');
});
