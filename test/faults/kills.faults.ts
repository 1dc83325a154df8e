import { setTimeout as pause } from 'node:timers/promises';
import { report } from '../endurance/report';
import { Random } from '../histories/random';
import { Engines } from './engines';
import { options } from './options';
import { processNames, ScaledOutLedger, type ProcessName } from './scaled-out-ledger';

/** Kills in one round, at most: then a new ledger is begun. */
const killsInRound = 10;
const perSecond = 1000;
/** Events recorded from one kill to the next, at most; and after the last one. */
const eventsBetween = 900;

/** Who is killed: of the projector, also the one that follows the log itself. */
const processes = [...processNames, 'projector from the log'] as const;
type KilledProcess = (typeof processes)[number];

/** What killing one process by one seed came to. */
interface Killed {
  readonly process: KilledProcess;
  readonly seed: number;
  readonly kills: number;
  readonly findings: readonly string[];
}

let engines: Engines;
const all: Killed[] = [];
beforeAll(async () => (engines = await Engines.start()));
afterAll(async () => {
  await engines.stop();
  report(
    'process-kills',
    all.map(({ process, seed, kills, findings }) => ({ process, seed, kills, findings: findings.length })),
  );
});

/** Kills a process of a ledger under load so many times, each time where the seed says, and starts it again at once. */
async function killedRound(process: KilledProcess, seed: number, times: number): Promise<Killed> {
  const random = new Random(seed);
  const events = eventsBetween * (times + 1);
  const [name, projectedFrom]: [ProcessName, 'log' | 'topic'] =
    process === 'projector from the log' ? ['projector', 'log'] : [process, 'topic'];
  const ledger = await ScaledOutLedger.begin(engines, { seed, events, perSecond, projectedFrom });
  try {
    let kills = 0;
    for (let time = 0; time < times; time++) {
      await ledger.whenRecorded(time * eventsBetween + random.between(50, eventsBetween));
      // Chance, not waiting for anything: the kill falls wherever it falls.
      await pause(random.below(30));
      if (await ledger.kill(name)) kills += 1;
      await ledger.start(name);
    }
    return { process, seed, kills, findings: await ledger.findings() };
  } finally {
    await ledger.remove();
  }
}

test.each(processes)(
  'the %s killed under load, again and again: nothing is lost, nothing is counted twice, and it goes on by itself',
  async (process) => {
    const found: Killed[] = [];
    for (let seed = options.seed, left = options.kills; left > 0; seed++) {
      const round = await killedRound(process, seed, Math.min(left, killsInRound));
      left -= round.kills;
      found.push(round);
      all.push(round);
    }
    expect(found.flatMap(({ seed, findings }) => findings.map((one) => `seed ${seed}: ${one}`))).toEqual([]);
  },
);
