import { parseSync, type Module } from '@swc/core';

/** A node of the syntax tree: swc names its kind and its place, everything else is looked up by name. */
export interface AstNode {
  readonly type: string;
  readonly span?: { readonly start: number; readonly end: number };
  readonly [property: string]: unknown;
}

/** A name that one file takes from another; `*` for the whole of it, where any name may be meant. */
export interface ImportedName {
  readonly specifier: string;
  readonly name: string;
  /** The name under which this file gives it on, for a re-export; `*` for `export * from`. */
  readonly exportedAs?: string;
  readonly line: number;
}

export interface ExportedName {
  readonly name: string;
  readonly line: number;
  /** Whether it is a type or an error: exported because a signature or a throw in the same file needs it named. */
  readonly isType: boolean;
}

/** One TypeScript file, read once for all rules. */
export interface SourceFile {
  /** Relative to the root of the project, with forward slashes. */
  readonly path: string;
  readonly text: string;
  readonly nodes: readonly AstNode[];
  readonly imports: readonly ImportedName[];
  readonly exports: readonly ExportedName[];
  /** How often each identifier is written. */
  readonly mentions: ReadonlyMap<string, number>;
  lineOf(node: AstNode): number;
  /** How many lines a node covers. */
  lengthOf(node: AstNode): number;
}

/** What a rule found: where, what, and what to do about it. */
export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly problem: string;
}

export function isTest(file: Pick<SourceFile, 'path'>): boolean {
  return /\.(test|postgres|kurrentdb|kafka|scaled|testing)\.ts$|^test\//.test(file.path);
}

/** The folder of the package, service or test project that a path lies in: `packages/domain`, or `test`. */
export function projectOf(path: string): string {
  return path.startsWith('test/') ? 'test' : path.split('/').slice(0, 2).join('/');
}

export function readSource(path: string, text: string): SourceFile {
  const module: Module = parseSync(text, { syntax: 'typescript', target: 'es2023' });
  const nodes = [...nodesIn(module)];
  const lineAt = lineCounter(text);
  const lineOf = (node: AstNode) => (node.span === undefined ? 1 : lineAt(node.span.start));
  const lengthOf = (node: AstNode) =>
    node.span === undefined ? 0 : lineAt(node.span.end - 1) - lineAt(node.span.start) + 1;
  return {
    path,
    text,
    nodes,
    imports: nodes.flatMap((node) => importedBy(node, lineOf(node))),
    exports: nodes.flatMap((node) => exportedBy(node, lineOf(node))),
    mentions: countMentions(nodes),
    lineOf,
    lengthOf,
  };
}

export function isNode(value: unknown): value is AstNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** A node and everything below it, outermost first. */
export function* nodesIn(value: unknown): Generator<AstNode> {
  if (Array.isArray(value)) {
    for (const item of value) yield* nodesIn(item);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  if (isNode(value)) yield value;
  for (const below of Object.values(value)) if (typeof below === 'object') yield* nodesIn(below);
}

/** `Date.now` for the member expression, `Date` for the identifier, undefined for anything else. */
export function dottedName(value: unknown): string | undefined {
  if (!isNode(value)) return undefined;
  if (value.type === 'Identifier') return String(value['value']);
  if (value.type !== 'MemberExpression') return undefined;
  const object = dottedName(value['object']);
  const property = value['property'];
  if (object === undefined || !isNode(property) || property.type !== 'Identifier') return undefined;
  return `${object}.${String(property['value'])}`;
}

/** swc counts bytes of UTF-8, from 1. */
function lineCounter(text: string): (byte: number) => number {
  const bytes = Buffer.from(text);
  const ends: number[] = [];
  for (let at = bytes.indexOf(10); at !== -1; at = bytes.indexOf(10, at + 1)) ends.push(at + 1);
  return (byte) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((ends[middle] ?? Infinity) < byte) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

function nameOf(value: unknown): string | undefined {
  return isNode(value) && typeof value['value'] === 'string' ? value['value'] : undefined;
}

function listOf(value: unknown): AstNode[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function importedBy(node: AstNode, line: number): ImportedName[] {
  const specifier = nameOf(node['source']);
  if (specifier === undefined) return dynamicallyImportedBy(node, line);
  if (node.type === 'ExportAllDeclaration') return [{ specifier, name: '*', exportedAs: '*', line }];
  if (node.type !== 'ImportDeclaration' && node.type !== 'ExportNamedDeclaration') return [];
  const specifiers = listOf(node['specifiers']);
  if (specifiers.length === 0) return [{ specifier, name: '*', line }];
  return specifiers.map((one) => {
    if (one.type === 'ImportDefaultSpecifier') return { specifier, name: 'default', line };
    if (one.type === 'ImportNamespaceSpecifier') return { specifier, name: '*', line };
    if (one.type === 'ExportNamespaceSpecifier') return { specifier, name: '*', line };
    if (one.type === 'ImportSpecifier')
      return { specifier, name: nameOf(one['imported']) ?? nameOf(one['local']) ?? '*', line };
    const name = nameOf(one['orig']) ?? '*';
    return { specifier, name, exportedAs: nameOf(one['exported']) ?? name, line };
  });
}

/** `import('…')`, `require('…')` and the types `import('…').Name`: any name of the other file may be meant. */
function dynamicallyImportedBy(node: AstNode, line: number): ImportedName[] {
  if (node.type === 'TsImportType') {
    const specifier = nameOf(node['argument']);
    return specifier === undefined ? [] : [{ specifier, name: '*', line }];
  }
  if (node.type !== 'CallExpression' || !isNode(node['callee'])) return [];
  const callee = node['callee'];
  const loads = callee.type === 'Import' || /^require(\.resolve)?$/.test(dottedName(callee) ?? '');
  const [first] = Array.isArray(node['arguments']) ? node['arguments'] : [];
  const specifier = nameOf((first as { expression?: unknown } | undefined)?.expression);
  return loads && specifier !== undefined ? [{ specifier, name: '*', line }] : [];
}

function exportedBy(node: AstNode, line: number): ExportedName[] {
  if (node.type === 'ExportDefaultDeclaration' || node.type === 'ExportDefaultExpression')
    return [{ name: 'default', line, isType: false }];
  if (node.type === 'ExportNamedDeclaration' && node['source'] === null)
    return listOf(node['specifiers']).flatMap((one) => {
      const name = nameOf(one['exported']) ?? nameOf(one['orig']);
      return name === undefined ? [] : [{ name, line, isType: node['typeOnly'] === true }];
    });
  const declaration = node['declaration'];
  if (node.type !== 'ExportDeclaration' || !isNode(declaration)) return [];
  const isType =
    declaration.type === 'TsInterfaceDeclaration' || declaration.type === 'TsTypeAliasDeclaration';
  const names =
    declaration.type === 'VariableDeclaration'
      ? listOf(declaration['declarations']).flatMap((one) => boundNames(one['id']))
      : [nameOf(declaration['identifier']) ?? nameOf(declaration['id'])];
  return names.flatMap((name) =>
    name === undefined ? [] : [{ name, line, isType: isType || name.endsWith('Error') }],
  );
}

/** The names that a pattern binds: `x`, or those of `{ a, b: c }`. */
function boundNames(pattern: unknown): string[] {
  if (isNode(pattern) && pattern.type === 'Identifier') return [String(pattern['value'])];
  return [...nodesIn(pattern)].flatMap((node) => {
    if (node.type === 'AssignmentPatternProperty') return [nameOf(node['key']) ?? ''];
    if (node.type === 'KeyValuePatternProperty') return boundNames(node['value']);
    return [];
  });
}

function countMentions(nodes: readonly AstNode[]): ReadonlyMap<string, number> {
  const mentions = new Map<string, number>();
  for (const node of nodes)
    if (node.type === 'Identifier') {
      const name = String(node['value']);
      mentions.set(name, (mentions.get(name) ?? 0) + 1);
    }
  return mentions;
}
