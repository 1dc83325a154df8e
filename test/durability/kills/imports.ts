import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Random } from '../../histories/random';
import { bodiesIn, copyOf, ServedLedger } from '../served-ledger';
import type { Killed } from './killed';
import { Load } from './load';
import { findingsIn, RequestMaker } from './requests';

/**
 * Kills a server that takes imports, records and withdrawals over HTTP, after so many answers and some milliseconds; up
 * to twice on the same folder. Started again, it holds everything it answered and no import in part; what it did not
 * answer is sent again with the same key, and is there once.
 */
export async function killDuringImports(seed: number, root: string, template: string): Promise<Killed> {
  const random = new Random(seed);
  const folder = copyOf(template, join(root, `imports-${seed}`));
  const before = bodiesIn(folder).length;
  const load = new Load(new RequestMaker(random, `import-${seed}`));
  const findings: string[] = [];
  const look = (): void => void findings.push(...findingsIn(bodiesIn(folder), load.sent, load.answered));
  const lives = random.between(1, 2);
  for (let life = 0; life < lives; life++) {
    const ledger = await ServedLedger.start(folder);
    load.begin(ledger, random.between(1, 4));
    await load.answering(random.between(1, 15));
    // Chance, not waiting for anything: the kill falls wherever it falls.
    await pause(random.below(60));
    await ledger.kill();
    await load.stop();
    look();
  }
  const ledger = await ServedLedger.start(folder);
  look();
  findings.push(...(await ledger.check()));
  for (const request of load.unanswered) await load.send(ledger, request);
  look();
  const wanted = before + load.sent.reduce((sum, { events }) => sum + events, 0);
  const held = bodiesIn(folder).length;
  if (held !== wanted) findings.push(`In the end there are ${held} events, not ${wanted}.`);
  findings.push(...load.refused, ...(await ledger.check()));
  await ledger.stop();
  return { seed, during: 'imports', kills: lives, findings };
}
