import { titlesAlike } from './duplicates';

test.each([
  ['Review of backups', 'Review of the Backups', true],
  ['Café review, Watford Borough Council', 'CAFE REVIEW Watford', true],
  ['Corporate peer challenge', 'Finance peer challenge', false],
  ['Review', 'Review of backups and of everything else', true],
  ['', '', true],
  ['Review', '', false],
])('“%s” and “%s”: alike %p', (one, other, alike) => {
  expect(titlesAlike(one, other, 80)).toBe(alike);
  expect(titlesAlike(other, one, 80)).toBe(alike);
});
