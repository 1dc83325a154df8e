import { cycles, importDirection, independentRecount } from './imports';
import { leftovers, sizes, skippedTests, surrenderedTypes } from './leftovers';
import { Links } from './links';
import type { Manifest } from './project-files';
import { clockAndChance, floatingMoney, printing } from './purity';
import { readSource, type SourceFile } from './source-file';
import { deadFiles, unusedExports } from './unused';

/** Rules that found nothing anywhere would pass for ever: each is shown here to find what was planted for it. */
function planted(texts: Readonly<Record<string, string>>): { files: SourceFile[]; links: Links } {
  const files = Object.entries(texts).map(([path, text]) => readSource(path, text));
  return { files, links: new Links(files, [manifest('domain'), manifest('projections')]) };
}

function manifest(name: string, dependencies: readonly string[] = []): Manifest {
  return {
    folder: `packages/${name}`,
    name: `@ledger/${name}`,
    description: '',
    dependencies,
    devDependencies: [],
  };
}

const inDomain = 'packages/domain/src/a.ts';

describe('the rules find what is planted for them', () => {
  it('an import that points outwards', () => {
    expect(importDirection([manifest('domain', ['@ledger/projections'])])).toHaveLength(1);
    expect(importDirection([manifest('projections', ['@ledger/domain'])])).toHaveLength(0);
  });

  it('a cycle between files, named with all its steps', () => {
    const { files, links } = planted({
      [inDomain]: "import { b } from './b';\nexport const a = b;",
      'packages/domain/src/b.ts': "import { a } from './a';\nexport const b = a;",
    });
    expect(cycles(files, links)).toMatchObject([
      { problem: expect.stringContaining('a.ts → packages/domain/src/b.ts') },
    ]);
  });

  it('a recount that imports what it checks', () => {
    const { files } = planted({ 'test/recount/rules.ts': "import { linesOf } from '@ledger/domain';" });
    expect(independentRecount(files)).toHaveLength(1);
  });

  it.each([
    'Date.now()',
    'new Date()',
    'Date()',
    'Math.random()',
    'randomUUID()',
    'newId()',
    'DateTime.now()',
  ])('%s where figures are made, on its line', (call) => {
    const { files } = planted({ [inDomain]: `// é\nexport const a = ${call};` });
    expect(clockAndChance(files)).toMatchObject([{ path: inDomain, line: 2 }]);
  });

  it('no fault in a date made from a given time', () => {
    expect(clockAndChance(planted({ [inDomain]: 'export const a = new Date(0);' }).files)).toEqual([]);
  });

  it.each(['totalPence / 12', 'claim.pence * 0.5', 'parseFloat(text)', 'figure.toFixed(2)'])(
    'money that becomes a fraction: %s',
    (expression) => {
      expect(floatingMoney(planted({ [inDomain]: `export const a = ${expression};` }).files)).toHaveLength(1);
    },
  );

  it('an export that nothing takes, also behind an index', () => {
    const { files, links } = planted({
      [inDomain]: 'export const used = 1;\nexport const unused = 2;',
      'packages/domain/src/index.ts': "export * from './a';",
      'packages/projections/src/index.ts': "import { used } from '@ledger/domain';\nused.valueOf();",
    });
    expect(unusedExports(files, links)).toMatchObject([{ path: inDomain, line: 2 }]);
  });

  it('a file that nothing leads to', () => {
    const { files, links } = planted({
      [inDomain]: 'export const a = 1;',
      'packages/domain/src/index.ts': '',
    });
    expect(deadFiles(files, links)).toMatchObject([{ path: inDomain }]);
  });

  it('a test that does not run', () => {
    const text = "describe('x', () => { it.skip('y', () => {}); it.todo('z'); xit('w', () => {}); });";
    expect(skippedTests(planted({ 'packages/domain/src/a.test.ts': text }).files)).toHaveLength(3);
  });

  it('a type given up, and a print', () => {
    const { files } = planted({ [inDomain]: 'export const a: any = 1;\nconsole.log(a);' });
    expect(surrenderedTypes(files)).toHaveLength(1);
    expect(printing(files)).toHaveLength(1);
  });

  it('a long function, but not a short one that makes many', () => {
    const many = Array.from({ length: 30 }, () => 'one(() => {\n\n\n\n});').join('\n');
    const long = Array.from({ length: 90 }, () => 'one();').join('\n');
    expect(sizes(planted({ [inDomain]: `export function a() {\n${many}\n}` }).files)).toEqual([]);
    expect(sizes(planted({ [inDomain]: `export function a() {\n${long}\n}` }).files)).toHaveLength(1);
  });

  it('promises, and paths of one machine', () => {
    const text = 'one\n// TODO later\nsee /home/somebody/notes\nand https://example.org/home/page';
    expect(leftovers([['a.md', text]]).map(({ line }) => line)).toEqual([2, 3]);
  });
});
