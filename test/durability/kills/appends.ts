import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../histories/random';
import { SayingProcess } from '../saying-process';
import { checkedSmallLedger } from '../small-ledger/checked-small-ledger';
import { logAgainstPlan } from '../small-ledger/log-against-plan';
import { plannedAppends } from '../small-ledger/plan';
import { acknowledgedIn } from '../small-ledger/saying';
import type { Killed } from './killed';

/** About what a line of an acknowledgement takes. */
const bytesOfLine = 24;

/**
 * Kills a process that appends, after so many bytes of acknowledgements and some milliseconds; up to three times on the
 * same folder. After each, nothing that was acknowledged is lost and nothing is half there; in the end everything is.
 */
export async function killDuringAppends(seed: number, root: string): Promise<Killed> {
  const random = new Random(seed);
  const plan = { seed, events: random.between(300, 1500) };
  const appends = plannedAppends(plan);
  const folder = join(root, `appends-${seed}`);
  mkdirSync(folder);
  const words = ['append', folder, plan.seed, plan.events, random.pick([1, 4, 20])];
  const findings: string[] = [];
  let kills = 0;
  let said = '';
  for (let life = random.between(1, 3); life > 0; life--) {
    const writing = SayingProcess.start('smallLedger', words);
    await writing.saying(random.below(appends.length * bytesOfLine));
    // Chance, not waiting for anything: the kill falls wherever it falls.
    await pause(random.below(20));
    if (await writing.kill()) kills += 1;
    said += writing.said;
    const found = await logAgainstPlan(folder, appends, acknowledgedIn(said));
    findings.push(...found.findings);
    if (found.held.some((number, at) => number !== at))
      findings.push(`The log does not hold the first appends: ${found.held.join(' ')}.`);
    if (random.percent(50)) findings.push(...(await checkedSmallLedger(folder)));
  }
  said += await SayingProcess.start('smallLedger', words).ended();
  const { held, findings: atLast } = await logAgainstPlan(folder, appends, acknowledgedIn(said));
  if (held.length !== appends.length)
    findings.push(`In the end ${held.length} of ${appends.length} appends are there.`);
  findings.push(...atLast, ...(await checkedSmallLedger(folder)));
  return { seed, during: 'appends', kills, findings };
}
