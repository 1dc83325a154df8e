import { Label } from './primitives';

test.each([
  ['', ['must not be empty']],
  ['x'.repeat(121), ['must be at most 120 characters']],
  ['a\u0000b', ['must not contain control characters']],
  ['Outturn', []],
])('of the label %j it is said what is wrong, and nothing that is not', (label, said) => {
  const issues = Label.safeParse(label).error?.issues ?? [];
  expect(issues.map(({ message }) => message)).toEqual(said);
});
