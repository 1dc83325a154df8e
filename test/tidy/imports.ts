import path from 'node:path';
import { builtinModules } from 'node:module';
import type { Links } from './links';
import type { Manifest } from './project-files';
import { isTest, projectOf, type Finding, type SourceFile } from './source-file';

/** The layers, innermost first: a project may use those before its own layer, and none beside or after it. */
const layers: readonly (readonly string[])[] = [
  ['events', 'calendar', 'ledger-folder'],
  ['councils', 'spreadsheets', 'seal'],
  ['domain'],
  ['sqlite', 'postgres'],
  ['event-log', 'vault', 'read-store', 'access', 'fan-out'],
  ['projections', 'pages', 'operations'],
  ['threads', 'demonstration', 'http'],
  ['recording', 'reporting', 'people', 'notary', 'projector', 'publisher'],
  ['assurance', 'publications'],
  ['standalone'],
  ['cli', 'scaled-out'],
  ['test'],
];

/** Every import points inwards, and is declared. */
export function importDirection(manifests: readonly Manifest[]): Finding[] {
  return manifests.flatMap((manifest) => {
    if (manifest.folder === '') return [];
    const own = layerOf(manifest.name);
    const at = { path: `${manifest.folder}/package.json`, line: 1 };
    if (own === -1)
      return [{ ...at, problem: `${manifest.name} stands in no layer; give it one in test/tidy/imports.ts` }];
    return [...manifest.dependencies, ...manifest.devDependencies]
      .filter((name) => name.startsWith('@ledger/') && layerOf(name) >= own)
      .map((name) => ({
        ...at,
        problem: `depends on ${name}, which is beside or outside it; turn the dependency round (a port, or a parameter)`,
      }));
  });
}

function layerOf(name: string): number {
  return layers.findIndex((layer) => layer.includes(name.replace('@ledger/', '')));
}

/** A file imports what its package.json lists, other packages by their name only, and nothing outside its folder. */
export function declaredImports(files: readonly SourceFile[], manifests: readonly Manifest[]): Finding[] {
  const byFolder = new Map(manifests.map((manifest) => [manifest.folder, manifest]));
  const shared = byFolder.get('')?.devDependencies ?? [];
  return files.flatMap((file) => {
    const own = byFolder.get(projectOf(file.path));
    const allowed = new Set([...(own?.dependencies ?? []), ...(own?.devDependencies ?? [])]);
    if (isTest(file) || /compliance/.test(file.path)) for (const name of shared) allowed.add(name);
    return file.imports.flatMap(({ specifier, line }) => {
      const problem = specifier.startsWith('.')
        ? leavesItsProject(file, specifier)
        : undeclared(specifier, allowed, own?.folder ?? '');
      return problem === undefined ? [] : [{ path: file.path, line, problem }];
    });
  });
}

function leavesItsProject(file: SourceFile, specifier: string): string | undefined {
  const target = path.posix.join(path.posix.dirname(file.path), specifier);
  if (projectOf(`${target}/`) === projectOf(file.path)) return undefined;
  return `imports ${specifier}, a file of another project; import that package by its name`;
}

function undeclared(specifier: string, allowed: ReadonlySet<string>, folder: string): string | undefined {
  if (specifier.startsWith('node:')) return undefined;
  if (builtinModules.includes(specifier)) return `imports ${specifier}; write node:${specifier}`;
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  if (name.startsWith('@ledger/') && name !== specifier)
    return `imports ${specifier}; import ${name} and export what is needed from its index`;
  if (allowed.has(name)) return undefined;
  return `imports ${name}, which ${folder}/package.json does not list; list it there, or do without`;
}

/** A package lists no other package of the ledger that it does not import. A project without code yet is not judged. */
export function usedDependencies(files: readonly SourceFile[], manifests: readonly Manifest[]): Finding[] {
  return manifests.flatMap((manifest) => {
    const own = files.filter((file) => projectOf(file.path) === manifest.folder);
    if (manifest.folder === 'test' || own.every((file) => file.imports.length === 0)) return [];
    const imported = new Set(own.flatMap((file) => file.imports.map(({ specifier }) => specifier)));
    return manifest.dependencies
      .filter((name) => name.startsWith('@ledger/') && !imported.has(name))
      .map((name) => ({
        path: `${manifest.folder}/package.json`,
        line: 1,
        problem: `lists ${name} and imports nothing from it; take it out here and in tsconfig.json`,
      }));
  });
}

/** The independent recount would prove nothing if it used the code it checks. */
export function independentRecount(files: readonly SourceFile[]): Finding[] {
  return files
    .filter((file) => file.path.startsWith('test/recount/') && !file.path.endsWith('.test.ts'))
    .flatMap((file) =>
      file.imports
        .filter(({ specifier }) => specifier.startsWith('@ledger/') || /^\.\.\/(?!recount)/.test(specifier))
        .map(({ specifier, line }) => ({
          path: file.path,
          line,
          problem: `imports ${specifier}; the recount counts by itself, from exported events alone`,
        })),
    );
}

/** No file needs itself, by whatever way round. */
export function cycles(files: readonly SourceFile[], links: Links): Finding[] {
  const state = new Map<SourceFile, 'open' | 'done'>();
  const trail: SourceFile[] = [];
  const found: Finding[] = [];
  const visit = (file: SourceFile): void => {
    state.set(file, 'open');
    trail.push(file);
    for (const { specifier, line } of file.imports) {
      const target = links.target(file, specifier);
      if (target === undefined) continue;
      if (state.get(target) === 'open') {
        const round = [...trail.slice(trail.indexOf(target)), target].map((one) => one.path).join(' → ');
        found.push({
          path: file.path,
          line,
          problem: `closes a cycle: ${round}; move what both need to a third file`,
        });
      } else if (!state.has(target)) visit(target);
    }
    trail.pop();
    state.set(file, 'done');
  };
  for (const file of files) if (!state.has(file)) visit(file);
  return found;
}
