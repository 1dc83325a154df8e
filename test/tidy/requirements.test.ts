import { requirements, testNamesIn } from './requirements';
import { readText, writtenFiles } from './project-files';

/** How many requirements there are of each letter. */
const counts = Object.entries({ S: 6, A: 18, B: 15, C: 8, D: 12, E: 10, F: 10 });
const ids = counts.flatMap(([letter, count]) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`),
);

describe('docs/requirements.md', () => {
  const listed = requirements(readText('docs/requirements.md'));
  const files = new Set(writtenFiles());

  it('lists every requirement once', () => {
    expect(listed.map(({ id }) => id)).toEqual(ids);
  });

  it('says of each that it is proved, and by which test, or why not yet', () => {
    const silent = listed.filter(({ proofs, notYet }) => proofs.length === 0 && notYet === undefined);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });

  it('names only tests that there are', () => {
    const missing = listed.flatMap(({ id, proofs }) =>
      proofs
        .filter(({ file, test }) => !files.has(file) || !testNamesIn(readText(file)).has(test))
        .map(({ file, test }) => `${id}: ${file} has no test called "${test}"`),
    );
    expect(missing).toEqual([]);
  });
});

describe('the reading of proofs', () => {
  it('takes file and name from each proof, and the reason from what is not yet proved', () => {
    const table = [
      '| id | requirement | status |',
      '|---|---|---|',
      '| A1 | one | proved by `packages/a/src/a.test.ts › does it`, `test/b.test.ts › and that, too` |',
      '| A2 | two | not yet: nobody asked |',
      '| A3 | three | some day |',
    ].join('\n');
    expect(requirements(table)).toEqual([
      {
        id: 'A1',
        proofs: [
          { file: 'packages/a/src/a.test.ts', test: 'does it' },
          { file: 'test/b.test.ts', test: 'and that, too' },
        ],
      },
      { id: 'A2', proofs: [], notYet: 'nobody asked' },
      { id: 'A3', proofs: [] },
    ]);
  });

  it('finds the names of tests, in whatever quotes', () => {
    const text = `it('one', f); test("it's two", f); it.each(rows)('three %s', f); it.each([1])(\`four\`, f);`;
    expect([...testNamesIn(text)]).toEqual(['one', "it's two", 'three %s', 'four']);
  });
});
