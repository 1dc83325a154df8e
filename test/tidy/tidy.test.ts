import { allowances, covers } from './allowances';
import { cycles, declaredImports, importDirection, independentRecount, usedDependencies } from './imports';
import { leftovers, sizes, skippedTests, surrenderedTypes } from './leftovers';
import { Links } from './links';
import {
  committedArtefacts,
  readManifests,
  readSources,
  readTexts,
  startingTexts,
  unexplainedProjects,
} from './project-files';
import { clockAndChance, floatingMoney, inputAndOutput, printing } from './purity';
import { unlockedPlatforms } from './locked-platforms';
import type { Finding } from './source-file';
import { deadFiles, unusedExports } from './unused';

const files = readSources();
const manifests = readManifests();
const links = new Links(files, manifests);

const findings: Readonly<Record<string, readonly Finding[]>> = {
  'imports point inwards only': importDirection(manifests),
  'imports are declared in package.json, and enter another package by its index': declaredImports(
    files,
    manifests,
  ),
  'every package of the ledger that is listed is used': usedDependencies(files, manifests),
  'no file needs itself': cycles(files, links),
  'the independent recount imports nothing that it checks': independentRecount(files),
  'no figure takes time from the machine or anything from chance': clockAndChance(files),
  'the innermost packages read and write nothing': inputAndOutput(files),
  'only the command line prints': printing(files),
  'money is kept in whole pence': floatingMoney(files),
  'no type is given up and no check silenced': surrenderedTypes(files),
  'files have one purpose and functions can be seen whole': sizes(files),
  'no file is dead': deadFiles(files, links, startingTexts()),
  'no export is taken by nothing': unusedExports(files, links),
  'every test runs': skippedTests(files),
  'no promise in passing, no path of one machine, no registry, no conflict': leftovers(readTexts()),
  'nothing made is committed': committedArtefacts(),
  'every platform is in the lock': unlockedPlatforms(),
  'every project says what it is for': unexplainedProjects(manifests),
};

describe('this project keeps its own rules:', () => {
  // Shown as `file:line problem; what to do`, so that a failing test is a work list.
  it.each(Object.entries(findings))('%s', (_rule, found) => {
    const open = found.filter((finding) => !allowances.some((allowance) => covers(allowance, finding)));
    expect(open.map(({ path, line, problem }) => `${path}:${line} ${problem}`)).toEqual([]);
  });

  it('every allowance covers something', () => {
    const all = Object.values(findings).flat();
    const needless = allowances.filter((allowance) => !all.some((finding) => covers(allowance, finding)));
    expect(
      needless.map(({ path, problem }) => `${path} ${problem}: no longer needed in allowances.ts`),
    ).toEqual([]);
  });
});
