import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../../endurance/report';
import { options } from '../options';
import { makeTemplate } from '../served-ledger';
import { killDuringAppends } from './appends';
import { killDuringBackups } from './backups';
import { killDuringImports } from './imports';
import type { Killed } from './killed';
import { killDuringRebuilds, makeRebuildTemplate, type RebuildTemplate } from './rebuilds';

const eventsToRebuild = 2500;

let root: string;
let template: string;
let rebuildTemplate: RebuildTemplate;
const all: Killed[] = [];
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'kills-'));
  template = join(root, 'template');
  await makeTemplate(template);
  rebuildTemplate = await makeRebuildTemplate(join(root, 'rebuild-template'), eventsToRebuild);
});
afterAll(() => {
  rmSync(root, { recursive: true });
  report(
    'kills',
    all.map(({ during, seed, kills, findings }) => ({ during, seed, kills, findings: findings.length })),
  );
});

/** Kills by one seed after another, until a part of all kills is reached; sentences of what is wrong. */
async function killed(
  partOfAll: number,
  byOne: (seed: number, folder: string) => Promise<Killed>,
): Promise<string[]> {
  const findings: string[] = [];
  for (let seed = options.seed, kills = 0; kills < options.kills * partOfAll; seed++) {
    const folder = mkdtempSync(join(root, 'seed-'));
    const one = await byOne(seed, folder);
    rmSync(folder, { recursive: true });
    kills += one.kills;
    all.push(one);
    findings.push(...one.findings.map((finding) => `seed ${seed}: ${finding}`));
  }
  return findings;
}

test('killed during appends: no acknowledged append is lost, none is half there, and a restart goes on', async () => {
  expect(await killed(0.4, killDuringAppends)).toEqual([]);
});

test('killed during imports and records over HTTP: whatever was answered is there, every import whole or not at all', async () => {
  expect(await killed(0.2, (seed, folder) => killDuringImports(seed, folder, template))).toEqual([]);
});

test('killed during rebuilds: the read models in use are what the log gives, and a rebuild goes on', async () => {
  expect(await killed(0.2, (seed, folder) => killDuringRebuilds(seed, folder, rebuildTemplate))).toEqual([]);
});

test('killed during a backup or a restore: what is there is whole, and what was left is refused and cleared', async () => {
  expect(await killed(0.2, (seed, folder) => killDuringBackups(seed, folder, template))).toEqual([]);
});
