import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readSource, type Finding, type SourceFile } from './source-file';

const root = path.resolve(__dirname, '../..');

/** What is made or fetched, not written. */
const notWritten = new Set(['node_modules', 'dist', '.git', '.turbo', 'coverage']);

/** Every file that people write, relative to the root, with forward slashes, in the order of the names. */
export function writtenFiles(folder = ''): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !notWritten.has(entry.name) && !(folder === '' && entry.name === 'data'))
    .flatMap((entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      return entry.isDirectory() ? writtenFiles(name) : [name];
    })
    .sort();
}

export function readText(name: string): string {
  return readFileSync(path.join(root, name), 'utf8');
}

/** The TypeScript of packages, services and tests. */
export function readSources(): SourceFile[] {
  return writtenFiles()
    .filter((name) => /^(packages|services|test)\/.*\.ts$/.test(name))
    .map((name) => readSource(name, readText(name)));
}

/** A package.json, as far as the rules need it. */
export interface Manifest {
  /** The folder it lies in: `packages/domain`. */
  readonly folder: string;
  readonly name: string;
  readonly description: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
}

interface ManifestText {
  readonly name: string;
  readonly description?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/** The package.json of every workspace, and of the root (folder ''). */
export function readManifests(): Manifest[] {
  return writtenFiles()
    .filter((name) => /^((packages|services)\/[^/]+\/|test\/)?package\.json$/.test(name))
    .map((name) => {
      const found = JSON.parse(readText(name)) as ManifestText;
      return {
        folder: name === 'package.json' ? '' : path.posix.dirname(name),
        name: found.name,
        description: found.description ?? '',
        dependencies: Object.keys(found.dependencies ?? {}),
        devDependencies: Object.keys(found.devDependencies ?? {}),
      };
    });
}

/** Every text that people write, but for the rules themselves, which name what they forbid. */
export function readTexts(): (readonly [path: string, text: string])[] {
  return writtenFiles()
    .filter((name) => /\.(ts|js|json|md|ya?ml|csv|njk|scss|css|html|sh)$|\/run$|rc$/.test(name))
    .filter((name) => !name.startsWith('test/tidy/'))
    .map((name) => [name, readText(name)]);
}

/** The text of everything that starts programs: scripts of npm, commands, set-up. */
export function startingTexts(): string {
  return writtenFiles()
    .filter((name) => /(^|\/)package\.json$|^infra\/.*\.js$|\/bin\/[^/]+\.js$/.test(name))
    .map(readText)
    .join('\n');
}

/** What Git keeps although it is made; nothing is known of that outside a clone. */
export function committedArtefacts(): Finding[] {
  if (!existsSync(path.join(root, '.git'))) return [];
  return execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((name) => /(^|\/)(dist|node_modules|coverage|\.turbo)\/|\.tsbuildinfo$|^data\//.test(name))
    .map((name) => ({
      path: name,
      line: 1,
      problem: 'is made, not written; take it out of Git and ignore it',
    }));
}

/** Projects without a description or a README. */
export function unexplainedProjects(manifests: readonly Manifest[]): Finding[] {
  const present = new Set(writtenFiles());
  return manifests
    .map(({ folder, description }) => ({ description, prefix: folder === '' ? '' : `${folder}/` }))
    .filter(({ description, prefix }) => description === '' || !present.has(`${prefix}README.md`))
    .map(({ prefix }) => ({
      path: `${prefix}package.json`,
      line: 1,
      problem: 'no description, or no README.md beside it; say what the project is for',
    }));
}
