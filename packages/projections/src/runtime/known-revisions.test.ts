import fc from 'fast-check';
import { KnownRevisions } from './known-revisions';

const streams = ['a', 'b'];
const added = fc.array(fc.tuple(fc.constantFrom(...streams), fc.nat(6)), { maxLength: 30 });

function known(all: readonly (readonly [string, number])[]): KnownRevisions {
  const revisions = new KnownRevisions();
  for (const [stream, revision] of all) revisions.add(stream, revision);
  return revisions;
}

/** The first number that is missing. */
function firstMissing(held: ReadonlySet<number>): number {
  let next = 0;
  while (held.has(next)) next += 1;
  return next;
}

function expectHeld(revisions: KnownRevisions, stream: string, held: ReadonlySet<number>): void {
  expect(revisions.next(stream)).toBe(firstMissing(held));
  for (let revision = 0; revision < 9; revision++)
    expect([revision, revisions.holds(stream, revision)]).toEqual([revision, held.has(revision)]);
}

test('a revision is held where it was added, in whatever order and however often', () => {
  fc.assert(
    fc.property(added, (all) => {
      const revisions = known(all);
      for (const stream of streams) {
        const held = new Set(all.filter(([of]) => of === stream).map(([, revision]) => revision));
        expectHeld(revisions, stream, held);
        expect(revisions.knows(stream)).toBe(held.size > 0);
      }
    }),
  );
});

test('what is learnt from others is held as well, and what is added then is not theirs', () => {
  fc.assert(
    fc.property(added, fc.nat(6), (all, more) => {
      const others = known(all);
      const revisions = new KnownRevisions();
      revisions.learnFrom('a', others);
      revisions.add('a', more);
      const held = new Set(all.filter(([of]) => of === 'a').map(([, revision]) => revision));
      expectHeld(others, 'a', held);
      expectHeld(revisions, 'a', held.add(more));
      expect(revisions.knows('b')).toBe(false);
    }),
  );
});

test('of a stream of which it is learnt that nothing is held, that is known', () => {
  const revisions = new KnownRevisions();
  revisions.learn('a');
  expect([revisions.knows('a'), revisions.next('a'), revisions.streams]).toEqual([true, 0, 1]);
});
