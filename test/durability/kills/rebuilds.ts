import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../histories/random';
import { SayingProcess } from '../saying-process';
import { copyOf } from '../served-ledger';
import { checkedSmallLedger } from '../small-ledger/checked-small-ledger';
import { begun, rebuiltIn } from '../small-ledger/saying';
import type { Killed } from './killed';

/** A ledger to rebuild, and about how long that takes here. */
export interface RebuildTemplate {
  readonly folder: string;
  readonly milliseconds: number;
}

export async function makeRebuildTemplate(folder: string, events: number): Promise<RebuildTemplate> {
  mkdirSync(folder);
  await SayingProcess.start('smallLedger', ['append', folder, 1, events, 20]).ended();
  const rebuilding = SayingProcess.start('smallLedger', ['rebuild', folder, events]);
  await rebuilding.saying(begun.length);
  const from = Date.now();
  await rebuilding.ended();
  return { folder, milliseconds: Date.now() - from };
}

/**
 * Kills a process that rebuilds both projections, at any point of it; up to three times on the same folder. After each
 * the read models in use are what the log gives; a last rebuild goes on or begins anew, and comes to the same.
 */
export async function killDuringRebuilds(
  seed: number,
  root: string,
  template: RebuildTemplate,
): Promise<Killed> {
  const random = new Random(seed);
  const folder = copyOf(template.folder, join(root, `rebuilds-${seed}`));
  const findings: string[] = [];
  let kills = 0;
  for (let life = random.between(1, 3); life > 0; life--) {
    const rebuilding = SayingProcess.start('smallLedger', [
      'rebuild',
      folder,
      random.pick([500, 2000, 100_000]),
    ]);
    await rebuilding.saying(begun.length);
    // Chance, not waiting for anything: the kill falls wherever it falls.
    await pause(random.below(template.milliseconds));
    if (await rebuilding.kill()) kills += 1;
    if (random.percent(50)) findings.push(...(await checkedSmallLedger(folder)));
  }
  const said = await SayingProcess.start('smallLedger', ['rebuild', folder, 2000]).ended();
  const same = rebuiltIn(said);
  if (same.length !== 2 || same.some((one) => !one.same))
    findings.push(`The last rebuild came to something else: ${said}`);
  findings.push(...(await checkedSmallLedger(folder)));
  const databases = readdirSync(join(folder, 'read-models')).filter((name) => name.endsWith('.db'));
  if (databases.length !== 2) findings.push(`Old read models were left behind: ${databases.join(', ')}.`);
  return { seed, during: 'rebuilds', kills, findings };
}
