import { dottedName, isTest, nodesIn, type AstNode, type Finding, type SourceFile } from './source-file';

/** A test that does not run proves nothing, and one that runs alone hides the others. */
export function skippedTests(files: readonly SourceFile[]): Finding[] {
  const idle = /^(it|test|describe)\.(skip|todo|only|failing)\b|^(xit|xtest|xdescribe|fit|fdescribe)\b/;
  return files.filter(isTest).flatMap((file) =>
    file.nodes
      .filter((node) => node.type === 'CallExpression' && idle.test(dottedName(node['callee']) ?? ''))
      .map((node) => ({
        path: file.path,
        line: file.lineOf(node),
        problem: 'a test that is skipped, promised, or runs alone; make it run with the others or remove it',
      })),
  );
}

/** Types that were given up. */
export function surrenderedTypes(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => [
    ...file.nodes
      .filter((node) => node.type === 'TsKeywordType' && node['kind'] === 'any')
      .map((node) => ({
        path: file.path,
        line: file.lineOf(node),
        problem: 'any; say what it is, or unknown',
      })),
    ...matches(file.path, file.text, [
      [/@ts-(ignore|nocheck|expect-error)/, 'silences the compiler; say what is meant in types'],
      [/(oxlint|eslint)-disable(?!.*--)/, 'silences the linter without a reason; put right what it found'],
    ]),
  ]);
}

const leftBehind: readonly (readonly [RegExp, string])[] = [
  [/\b(TODO|FIXME|XXX|HACK)\b/, 'a promise in passing; do it now or write an issue'],
  [
    /(?<![\w.:/-])\/(home|root|Users|work|mnt|private|var\/folders)\/\w/,
    'a path of one machine; make it relative',
  ],
  [/\b[A-Z]:\\{1,2}(Users|Documents)/, 'a path of one machine; make it relative'],
  [
    /registry\.npmjs|npm\.pkg\.|artifactory|verdaccio|_authToken/i,
    'a registry; which one is used is set outside',
  ],
  [/\b(issue|ticket) #?\d+\b/i, 'a number that means nothing here; say what it was about'],
  [/^(<{7}|>{7}) /, 'a conflict that was not resolved'],
];

/** What was left behind in any text: promises, places on one machine, conflicts. */
export function leftovers(texts: Iterable<readonly [path: string, text: string]>): Finding[] {
  return [...texts].flatMap(([path, text]) => matches(path, text, leftBehind));
}

function matches(path: string, text: string, patterns: readonly (readonly [RegExp, string])[]): Finding[] {
  if (!patterns.some(([pattern]) => new RegExp(pattern, pattern.flags + 'm').test(text))) return [];
  return text
    .split('\n')
    .flatMap((line, index) =>
      patterns
        .filter(([pattern]) => pattern.test(line))
        .map(([, problem]) => ({ path, line: index + 1, problem })),
    );
}

const linesOfAFile = 400;
/** One behaviour is often many cases, and splitting them would hide what is missing. */
const linesOfATestFile = 600;
const linesOfAFunction = 80;

const functions = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ClassMethod',
]);

/** A file has one purpose, and a function can be seen whole. A table of facts, without a function, may be long. */
export function sizes(files: readonly SourceFile[]): Finding[] {
  return files.flatMap((file) => {
    const own = functionsOf(file);
    if (own.length === 0) return [];
    const forTests = isTest(file) || file.path.includes('/compliance/');
    const limit = forTests ? linesOfATestFile : linesOfAFile;
    const lines = file.text.split('\n').length - 1;
    const tooLong = lines > limit ? [`${lines} lines (at most ${limit}); split it by purpose`] : [];
    return [
      ...tooLong.map((problem) => ({ path: file.path, line: limit, problem })),
      ...(forTests ? [] : own.flatMap((one) => longFunction(file, one))),
    ];
  });
}

function functionsOf(file: SourceFile): AstNode[] {
  return file.nodes.filter((node) => functions.has(node.type));
}

/** The lines of a function without those of the functions in it: one that only makes others is not long. */
function longFunction(file: SourceFile, outer: AstNode): Finding[] {
  const within = [...nodesIn(Object.values(outer))].filter((node) => functions.has(node.type));
  const outermost = within.filter((node) => !within.some((other) => other !== node && encloses(other, node)));
  const lines =
    file.lengthOf(outer) - outermost.reduce((total, node) => total + Math.max(0, file.lengthOf(node) - 1), 0);
  if (lines <= linesOfAFunction) return [];
  const problem = `a function of ${lines} lines (at most ${linesOfAFunction}); give its parts names`;
  return [{ path: file.path, line: file.lineOf(outer), problem }];
}

function encloses(outer: AstNode, inner: AstNode): boolean {
  if (outer.span === undefined || inner.span === undefined) return false;
  return outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;
}
