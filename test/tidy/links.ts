import path from 'node:path';
import type { Manifest } from './project-files';
import type { SourceFile } from './source-file';

/** Finds the file that an import means. */
export class Links {
  readonly #files: ReadonlyMap<string, SourceFile>;
  readonly #entries: ReadonlyMap<string, string>;

  constructor(files: readonly SourceFile[], manifests: readonly Manifest[]) {
    this.#files = new Map(files.map((file) => [file.path, file]));
    this.#entries = new Map(manifests.map(({ name, folder }) => [name, `${folder}/src/index.ts`]));
  }

  /** The file of this project that is meant, or undefined for a library, a data file or a missing one. */
  target(from: SourceFile, specifier: string): SourceFile | undefined {
    if (!specifier.startsWith('.')) return this.#files.get(this.#entries.get(specifier) ?? '');
    // What is loaded while a program runs is named as it is then.
    const named = specifier.replace(/\.js$/, '');
    const base = path.posix.join(path.posix.dirname(from.path), named);
    return this.#files.get(`${base}.ts`) ?? this.#files.get(`${base}/index.ts`) ?? this.#files.get(base);
  }
}
