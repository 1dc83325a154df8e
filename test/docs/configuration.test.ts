import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { settings, settingsPage } from '@ledger/operations';
import { readSources } from '../tidy/project-files';

/** Formatting pads the columns of tables. */
const unpadded = (text: string): string => text.replace(/-{3,}/g, '---').replace(/ +/g, ' ').trim();

test('the page of the settings is the one that their table makes', () => {
  const page = readFileSync(join(__dirname, '..', '..', 'docs', 'configuration.md'), 'utf8');
  expect(unpadded(page)).toBe(unpadded(settingsPage()));
});

/** What belongs to the system, or to those who run npm, and not to the ledger. */
const ofOthers = new Set(['XDG_STATE_HOME', 'INIT_CWD']);

test('no program takes a setting that the page does not tell of', () => {
  const taken = readSources()
    .filter(({ path }) => /^(packages|services)\/[^/]+\/src\//.test(path))
    // What tests are told is not for those who run the ledger.
    .filter(({ path }) => !/\.(test|testing|postgres|kafka|kurrentdb|scaled)\.ts$/.test(path))
    .flatMap(({ text }) => [...text.matchAll(/process\.env\['?\.?(\w+)/g)].map(([, name = '']) => name));
  expect(taken.filter((name) => !ofOthers.has(name) && !(name in settings))).toEqual([]);
});
