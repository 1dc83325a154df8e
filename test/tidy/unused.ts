import type { Links } from './links';
import type { Finding, SourceFile } from './source-file';

/** Files that are entered without being imported by one of ours. */
const entries =
  /(^|\/)src\/index\.ts$|\.(test|postgres|kurrentdb|kafka|scaled|browser|durability|endurance|faults|process|worker)\.ts$/;

/**
 * A file that no entry and no test leads to is dead.
 * @param starting the text of all that starts programs: a file whose built name stands in it is an entry
 */
export function deadFiles(files: readonly SourceFile[], links: Links, starting = ''): Finding[] {
  const reached = new Set<SourceFile>();
  const visit = (file: SourceFile): void => {
    if (reached.has(file)) return;
    reached.add(file);
    for (const { specifier } of file.imports) {
      const target = links.target(file, specifier);
      if (target !== undefined) visit(target);
    }
  };
  for (const file of files) if (entries.test(file.path) || starting.includes(builtName(file))) visit(file);
  return files
    .filter((file) => !reached.has(file))
    .map(({ path }) => ({
      path,
      line: 1,
      problem: 'no index, main or test leads here; use it or remove it',
    }));
}

/**
 * An exported value that no other file takes. What a package gives on through its index counts as taken only when
 * something outside the index takes it from there. A type, or an error that its own file throws, may stand for the
 * signatures of that file.
 */
export function unusedExports(files: readonly SourceFile[], links: Links): Finding[] {
  const taken = takenNames(files, links);
  return files.flatMap((file) =>
    file.exports
      .filter(
        ({ name, isType }) => !taken.has(key(file, name)) && !(isType && (file.mentions.get(name) ?? 0) > 1),
      )
      .map(({ name, line }) => ({
        path: file.path,
        line,
        problem: `nothing takes the exported ${name} from here; use it, remove it, or stop exporting it`,
      })),
  );
}

function builtName({ path }: SourceFile): string {
  const built = path.startsWith('test/')
    ? path.replace('test/', 'test/dist/')
    : path.replace(/^.*?\/src\//, 'dist/');
  return built.replace(/\.ts$/, '.js');
}

function key(file: SourceFile, name: string): string {
  return `${file.path} ${name}`;
}

/** Every name that is taken by a use, followed through re-exports to the file that declares it. */
function takenNames(files: readonly SourceFile[], links: Links): ReadonlySet<string> {
  const taken = new Set<string>();
  const take = (file: SourceFile, name: string): void => {
    if (taken.has(key(file, name))) return;
    taken.add(key(file, name));
    if (name === '*') for (const exported of file.exports) taken.add(key(file, exported.name));
    for (const given of file.imports) {
      if (given.exportedAs === undefined) continue;
      const target = links.target(file, given.specifier);
      if (target === undefined) continue;
      if (given.exportedAs === '*') take(target, name);
      else if (name === '*' || given.exportedAs === name) take(target, given.name);
    }
  };
  for (const file of files)
    for (const used of file.imports) {
      const target = used.exportedAs === undefined ? links.target(file, used.specifier) : undefined;
      if (target !== undefined) take(target, used.name);
    }
  return taken;
}
