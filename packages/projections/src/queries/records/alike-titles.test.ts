import fc from 'fast-check';
import { addDays, daysBetween } from '@ledger/calendar';
import { AlikeTitles, titlesAlike, usualAlikeness } from './alike-titles';

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

test('the titles found alike are those that comparing each with each finds', () => {
  const word = fc.constantFrom('review', 'backup', 'cyber', 'plan', 'of', 'council', '7', 'x');
  const titled = fc.record({
    title: fc.array(word, { maxLength: 7 }).map((words) => words.join(' ')),
    from: fc.nat(60).map((days) => addDays('2025-04-01', days)),
  });
  fc.assert(
    fc.property(fc.array(titled, { maxLength: 25 }), (all) => {
      for (const [one, found] of new AlikeTitles(all).alike(Infinity)) {
        const alike = all.filter(
          (other) =>
            other !== one &&
            Math.abs(daysBetween(one.from, other.from)) <= usualAlikeness.days &&
            titlesAlike(one.title, other.title, usualAlikeness.overlapPercent),
        );
        expect(new Set(found)).toEqual(new Set(alike));
      }
    }),
  );
});
