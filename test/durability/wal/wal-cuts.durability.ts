import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventLog } from '@ledger/event-log';
import { Random } from '../../histories/random';
import { report } from '../../endurance/report';
import { options } from '../options';
import { logAgainstPlan } from '../small-ledger/log-against-plan';
import { plannedAppends } from '../small-ledger/plan';
import type { Acknowledged } from '../small-ledger/saying';

const cutsOfOneLog = 20;
/**
 * So few that SQLite writes nothing of the write-ahead log back to the file meanwhile, as it does from a thousand pages
 * on. Of what was written back no power cut takes the log's part, which was synchronised before: a cut there is no cut
 * that can happen.
 */
const events = 900;

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'wal-cuts-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** A log's files as they are while it is open, with everything acknowledged. */
async function openLogsFiles(seed: number, folder: string): Promise<readonly Acknowledged[]> {
  mkdirSync(folder);
  const log = SqliteEventLog.open(join(root, 'log.db'), Date.now);
  const before = statSync(join(root, 'log.db')).size;
  const acknowledged: Acknowledged[] = [];
  for (const [number, append] of plannedAppends({ seed, events }).entries()) {
    const { position, replayed } = await log.append(append);
    acknowledged.push({ number, position: Number(position), replayed });
  }
  for (const name of ['log.db', 'log.db-wal']) copyFileSync(join(root, name), join(folder, name));
  expect(statSync(join(folder, 'log.db')).size).toBe(before);
  await log.close();
  rmSync(join(root, 'log.db'));
  return acknowledged;
}

test('a write-ahead log cut at any byte opens to whole appends, the first of those acknowledged', async () => {
  const findings: string[] = [];
  const rows = [];
  for (let first = 0; first < options.walCuts; first += cutsOfOneLog) {
    const seed = options.seed + first / cutsOfOneLog;
    const random = new Random(seed);
    const whole = join(root, `whole-${seed}`);
    const acknowledged = await openLogsFiles(seed, whole);
    const appends = plannedAppends({ seed, events });
    const bytes = statSync(join(whole, 'log.db-wal')).size;
    let fewest = appends.length;
    for (let cut = 0; cut < Math.min(cutsOfOneLog, options.walCuts - first); cut++) {
      const folder = mkdtempSync(join(root, 'cut-'));
      for (const name of ['log.db', 'log.db-wal']) copyFileSync(join(whole, name), join(folder, name));
      const at = random.below(bytes);
      truncateSync(join(folder, 'log.db-wal'), at);
      const { held, findings: found } = await logAgainstPlan(folder, appends, []);
      const wrong = held.some((number, place) => number !== place) ? ['not the first appends'] : found;
      findings.push(...wrong.map((one) => `seed ${seed}, cut at byte ${at}: ${one}`));
      fewest = Math.min(fewest, held.length);
      rmSync(folder, { recursive: true });
    }
    // Uncut, nothing is missing.
    findings.push(...(await logAgainstPlan(whole, appends, acknowledged)).findings);
    rows.push({ seed, bytes, appends: appends.length, cuts: cutsOfOneLog, 'fewest appends left': fewest });
  }
  report('wal-cuts', rows);
  expect(findings).toEqual([]);
});
