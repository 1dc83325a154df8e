import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../../endurance/report';
import { Random } from '../../histories/random';
import { FragileDisk } from '../disk/fragile-disk';
import type { Step } from '../disk/trace';
import { WatchedDisk } from '../disk/watched-disk';
import { options } from '../options';
import { SayingProcess } from '../saying-process';
import { logAgainstPlan } from '../small-ledger/log-against-plan';
import { acknowledgedIn, openedAgain, refusedIn, roundOf } from '../small-ledger/saying';
import { faultAppends, faultRound, type FaultRound } from './rounds';

const { seed, faults: rounds } = options;
/** So many rounds are played by one process: their traces are read whole. */
const together = 30;

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'faults-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** What happened in each round, files named without the round's folder. */
function stepsByRound(steps: readonly Step[], count: number): readonly (readonly Step[])[] {
  const found: Step[][] = Array.from({ length: count }, () => []);
  let round = -1;
  for (const step of steps) {
    if (step.what === 'answered') {
      if (step.text === `${roundOf(round + 1)}\n`) round += 1;
      found[round]?.push(step);
      continue;
    }
    // A driver may let go of a file when the next round has begun.
    const [number, file = ''] = step.file.split('/');
    found[Number(number)]?.push({ ...step, file });
  }
  return found;
}

/** What a round came to. */
interface Played {
  readonly findings: readonly string[];
  readonly acknowledged: number;
  /** How many were refused as surely not recorded, and how many because nobody knows. */
  readonly full: number;
  readonly failed: number;
}

/** Plays a round back and looks at what a kill and a power cut would have left. */
async function playedBack(round: FaultRound, steps: readonly Step[]): Promise<Played> {
  const appends = faultAppends(round);
  const random = new Random(round.seed);
  const disk = new FragileDisk();
  const findings: string[] = [];
  let said = '';
  const look = async (leave: (folder: string) => void): Promise<readonly number[]> => {
    const folder = mkdtempSync(join(root, 'left-'));
    leave(folder);
    const found = await logAgainstPlan(folder, appends, acknowledgedIn(said)).catch((error: unknown) => ({
      held: [],
      findings: [`The log cannot be opened: ${String(error)}`],
    }));
    findings.push(...found.findings);
    rmSync(folder, { recursive: true });
    return found.held;
  };
  let stopped = false;
  for (const step of steps) {
    disk.play(step);
    if (step.what !== 'answered') continue;
    said += step.text;
    if (step.text === `${openedAgain}\n`) stopped = false;
    for (const { number, code } of refusedIn(step.text)) {
      if (code === 'LOG_FAILED') stopped = true;
      else if (code !== 'LOG_FULL') findings.push(`Append ${number} was refused with ${code}.`);
      else if ((await look((folder) => disk.killProcess(folder))).includes(number))
        findings.push(`Append ${number} was refused as not recorded, and is there after a restart.`);
    }
    if (acknowledgedIn(step.text).length === 0) continue;
    if (stopped) findings.push('An append was acknowledged after the disk had failed in a commit.');
    if (!disk.isSafe('log.db-wal')) findings.push('An append was acknowledged before it was synchronised.');
    if (random.percent(15)) await look((folder) => disk.cutPower(folder, random));
  }
  const held = await look((folder) => disk.cutPower(folder, random));
  if (held.length !== appends.length)
    findings.push(`In the end ${held.length} of ${appends.length} appends are there.`);
  const refused = refusedIn(said);
  return {
    findings,
    acknowledged: acknowledgedIn(said).length,
    full: refused.filter(({ code }) => code === 'LOG_FULL').length,
    failed: refused.filter(({ code }) => code === 'LOG_FAILED').length,
  };
}

test('whatever fails in whatever write: nothing acknowledged is lost, what is refused as not recorded is not there, and what was refused is recorded when the disk is well', async () => {
  const findings: string[] = [];
  const rows = [];
  for (let first = 0; first < rounds; first += together) {
    const count = Math.min(together, rounds - first);
    const folder = join(root, `rounds-${first}`);
    mkdirSync(folder);
    const watched = new WatchedDisk(folder, root);
    const words = [watched.control, folder, seed + first, count];
    await SayingProcess.start('faultRounds', words, watched.environment).ended();
    for (const [number, steps] of stepsByRound(watched.steps(), count).entries()) {
      const round = faultRound(seed + first + number);
      const played = await playedBack(round, steps);
      const { operation, files, error, skip, forever, torn } = round.fault;
      const which = `${operation} ${skip} of ${files}: ${error}${torn ? ', half written' : ''}${forever ? ', from then on' : ''}`;
      rows.push({
        seed: round.seed,
        what: `${operation} of ${files}: ${error}${torn ? ', half written' : ''}`,
        acknowledged: played.acknowledged,
        'surely not': played.full,
        'not known': played.failed,
        findings: played.findings.length,
      });
      findings.push(...played.findings.map((finding) => `seed ${round.seed} (${which}): ${finding}`));
    }
    rmSync(folder, { recursive: true });
  }
  report('faults', rows);
  expect(findings).toEqual([]);
  // Both sorts of refusal were met.
  expect(rows.some((row) => row['surely not'] > 0) && rows.some((row) => row['not known'] > 0)).toBe(true);
});
