import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { backupLedger, restoreLedger } from '@ledger/standalone';
import { Random } from '../../histories/random';
import { bodiesIn, copyOf, ServedLedger } from '../served-ledger';
import type { Killed } from './killed';
import { Load } from './load';
import { findingsIn, RequestMaker, type AnsweredEvent } from './requests';

const bin = join(__dirname, '..', '..', '..', 'services', 'cli', 'bin', 'ledger.js');

/** `ledger` with arguments, killed so many milliseconds after it first said something; whether it was. */
async function killedCommand(words: readonly string[], milliseconds: number): Promise<boolean> {
  const child = spawn(process.execPath, [bin, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = once(child, 'close');
  await Promise.race([once(child.stderr, 'data'), closed]);
  // Chance, not waiting for anything: the kill falls wherever it falls.
  await pause(milliseconds);
  child.kill('SIGKILL');
  await closed;
  return child.signalCode === 'SIGKILL';
}

/** Restores what is taken for a whole backup, and looks at what comes of it; sentences. */
async function findingsOfRestored(
  backup: string,
  into: string,
  load: Load,
  answered: readonly AnsweredEvent[],
): Promise<readonly string[]> {
  await restoreLedger(backup, into, []);
  // The last event says that it was restored.
  const log = bodiesIn(into);
  if (log.at(-1)?.type !== 'BackupRestored') return ['The restored ledger does not say that it was.'];
  const ledger = await ServedLedger.start(into);
  try {
    return [...findingsIn(log, load.sent, answered), ...(await ledger.check())];
  } finally {
    await ledger.stop();
  }
}

/**
 * Kills a backup of a server under load, then a restore of a whole one. What was killed is not there, or is whole; what
 * it left beside is refused or whole, and is gone after the next.
 */
export async function killDuringBackups(seed: number, root: string, template: string): Promise<Killed> {
  const random = new Random(seed);
  const own = join(root, `backups-${seed}`);
  const folder = copyOf(template, join(own, 'ledger'));
  const [backup, restored] = [join(own, 'backup'), join(own, 'restored')];
  const findings: string[] = [];
  const load = new Load(new RequestMaker(random, `backup-${seed}`));
  const ledger = await ServedLedger.start(folder);
  load.begin(ledger, 2);
  await load.answering(random.between(2, 8));
  const answered = [...load.answered];
  let kills = 0;
  if (await killedCommand(['backup', backup, '--data', folder], random.below(400))) kills += 1;
  await load.stop();

  const left = readdirSync(own).filter((name) => name.startsWith('.backup-'));
  for (const [at, name] of [...left, ...(existsSync(backup) ? ['backup'] : [])].entries()) {
    const looked = findingsOfRestored(join(own, name), join(own, `looked-${at}`), load, answered);
    findings.push(...(await looked.catch(refusedClearly)));
  }
  if (existsSync(backup) && left.length > 0)
    findings.push('A killed backup is there, and what it was made of, too.');
  const whole = join(own, 'whole');
  await backupLedger(folder, existsSync(backup) ? whole : backup);
  const from = existsSync(whole) ? whole : backup;

  if (await killedCommand(['restore', from, restored], random.below(500))) kills += 1;
  if (existsSync(restored)) {
    if (bodiesIn(restored).at(-1)?.type !== 'BackupRestored')
      findings.push('A killed restore left half a ledger.');
  } else findings.push(...(await findingsOfRestored(from, restored, load, load.answered)));
  const hidden = readdirSync(own).filter((name) => name.startsWith('.'));
  if (hidden.length > 0) findings.push(`What was killed left ${hidden.join(', ')} behind.`);

  findings.push(
    ...load.refused,
    ...findingsIn(bodiesIn(folder), load.sent, load.answered),
    ...(await ledger.check()),
  );
  await ledger.stop();
  return { seed, during: 'backups', kills, findings };
}

function refusedClearly(error: unknown): readonly string[] {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'DAMAGED_BACKUP' ? [] : [`What a killed backup left was refused with ${String(error)}.`];
}
