import { readText } from './project-files';
import type { Finding } from './source-file';

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>
  >;
}

/**
 * A registry that lacks a package for some other platform leaves it out of the lock without a word, and then
 * `npm ci` refuses the lock on every platform.
 */
export function unlockedPlatforms(): Finding[] {
  // npm writes this file in this shape.
  const { packages } = JSON.parse(readText('package-lock.json')) as Lock;
  const locked = new Set(Object.keys(packages).map((place) => place.split('node_modules/').at(-1)));
  return Object.entries(packages).flatMap(([place, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies)
      .filter((name) => !locked.has(name))
      .map((name) => ({
        path: 'package-lock.json',
        line: 1,
        problem: `${place} wants ${name}, which is not locked; take a version that the registry has for all platforms`,
      })),
  );
}
