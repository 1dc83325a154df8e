import {
  dottedName,
  isNode,
  isTest,
  nodesIn,
  type AstNode,
  type Finding,
  type SourceFile,
} from './source-file';

/** What a figure is made from: the same events must give the same figure for ever, so these know no clock and no chance. */
const pure = /^packages\/(events|calendar|councils|domain|projections|demonstration)\//;
/** The one place where ids are made up; whoever needs one is given it, or asks for it outside the pure packages. */
const idSource = 'packages/events/src/ids.ts';

const takesTime = 'takes the time from the machine; have the time given to it';
const isRandom = 'is random; draw from a seed, derive the id (derivedId), or have the value given';

const forbidden: ReadonlyMap<string, string> = new Map([
  ...['Date.now', 'performance.now', 'process.hrtime', 'process.hrtime.bigint'].map(
    (name): [string, string] => [name, takesTime],
  ),
  ...['DateTime.now', 'DateTime.local', 'DateTime.utc'].map((name): [string, string] => [name, takesTime]),
  ...['Math.random', 'crypto.randomUUID', 'crypto.getRandomValues', 'crypto.randomBytes'].map(
    (name): [string, string] => [name, isRandom],
  ),
  ...['randomUUID', 'randomBytes', 'randomInt', 'newId', 'v4', 'v7'].map((name): [string, string] => [
    name,
    isRandom,
  ]),
]);

export function clockAndChance(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => pure.test(file.path) && !isTest(file) && file.path !== idSource)
    .flatMap((file) =>
      file.nodes.flatMap((node) => {
        const problem = clockOrChance(node);
        return problem === undefined ? [] : [{ path: file.path, line: file.lineOf(node), problem }];
      }),
    );
}

function clockOrChance(node: AstNode): string | undefined {
  const name = dottedName(node['callee']);
  if (name === undefined) return undefined;
  const called = node.type === 'CallExpression';
  const bareDate = name === 'Date' && (called || isEmpty(node['arguments']));
  if ((called || node.type === 'NewExpression') && bareDate)
    return 'Date without a time takes it from the machine; have the time given to it';
  const why = called ? forbidden.get(name) : undefined;
  return why === undefined ? undefined : `${name} ${why}`;
}

function isEmpty(value: unknown): boolean {
  return !Array.isArray(value) || value.length === 0;
}

/** Input and output belong to adapters: the innermost packages touch neither files nor network. */
export function inputAndOutput(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => /^packages\/(calendar|domain|projections)\//.test(file.path) && !isTest(file))
    .flatMap((file) =>
      file.imports
        .filter(({ specifier }) => specifier.startsWith('node:'))
        .map(({ specifier, line }) => ({
          path: file.path,
          line,
          problem: `imports ${specifier}; what is read or written comes in through a port`,
        })),
    );
}

/** Only the command line prints; a server logs, a library tells its caller. */
export function printing(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => !file.path.startsWith('services/cli/'))
    .flatMap((file) =>
      file.nodes
        .filter(
          (node) =>
            node.type === 'CallExpression' && dottedName(node['callee'])?.startsWith('console.') === true,
        )
        .map((node) => ({
          path: file.path,
          line: file.lineOf(node),
          problem: 'prints; log through the logger given, or return what is to be said',
        })),
    );
}

/** Files that turn numbers into the text people read; they round for the eye, after everything is added up. */
const shows = /(share|showing|words|format|display|presentation|labels?|charts?|pages?)(\/|\.ts$|-)/;

/** Money is whole pence from end to end: no division, no fraction, no binary float on the way. */
export function floatingMoney(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => !isTest(file))
    .flatMap((file) =>
      file.nodes.flatMap((node) => {
        const problem = floatingPence(node, file.path);
        return problem === undefined ? [] : [{ path: file.path, line: file.lineOf(node), problem }];
      }),
    );
}

function floatingPence(node: AstNode, path: string): string | undefined {
  const called = node.type === 'CallExpression' ? dottedName(node['callee']) : undefined;
  if (called === 'parseFloat' || called === 'Number.parseFloat')
    return 'parseFloat makes a binary float; read digits, and keep money in whole pence';
  if (node.type === 'CallExpression' && methodOf(node) === 'toFixed' && !shows.test(path))
    return 'toFixed rounds a binary float; keep the exact figure and round where it is shown';
  if (node.type !== 'BinaryExpression' || shows.test(path)) return undefined;
  const sides = [node['left'], node['right']];
  if (!sides.some(isPence)) return undefined;
  if (node['operator'] === '/' && !sides.some(isBigInt))
    return 'divides pence as a binary float; keep the ratio, or divide whole pence with its remainder';
  if (node['operator'] === '*' && sides.some(isFraction))
    return 'multiplies pence by a fraction; keep the ratio as two whole numbers';
  return undefined;
}

function methodOf(call: AstNode): string | undefined {
  const callee = call['callee'];
  const property = isNode(callee) ? callee['property'] : undefined;
  return isNode(property) && property.type === 'Identifier' ? String(property['value']) : undefined;
}

function isPence(side: unknown): boolean {
  return [...nodesIn(side)].some(
    (node) => node.type === 'Identifier' && /pence$/i.test(String(node['value'])),
  );
}

function isBigInt(side: unknown): boolean {
  return isNode(side) && side.type === 'BigIntLiteral';
}

function isFraction(side: unknown): boolean {
  return isNode(side) && side.type === 'NumericLiteral' && !Number.isInteger(side['value']);
}
