import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../../endurance/report';
import { Random } from '../../histories/random';
import { Load } from '../kills/load';
import { findingsIn, RequestMaker, type AnsweredEvent } from '../kills/requests';
import { options } from '../options';
import { SayingProcess } from '../saying-process';
import { bodiesIn, makeTemplate, ServedLedger } from '../served-ledger';
import { logAgainstPlan } from '../small-ledger/log-against-plan';
import { plannedAppends } from '../small-ledger/plan';
import { acknowledgedIn } from '../small-ledger/saying';
import { FragileDisk } from './fragile-disk';
import type { Step } from './trace';
import { WatchedDisk } from './watched-disk';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'synchronised-'))));
afterEach(() => rmSync(root, { recursive: true }));

/** How often a file was synchronised, in vain or not. */
function synchronised(steps: readonly Step[], file: string): number {
  return steps.filter((step) => step.what === 'synchronised' && step.file === file).length;
}

test('no acknowledgement of an append precedes the synchronising of its commit, and a power cut after any keeps it', async () => {
  const rows = [];
  const findings: string[] = [];
  const callers = [1, 8];
  const cutsOfOne = Math.ceil(options.powerCuts / callers.length);
  for (const [at, count] of callers.entries()) {
    const plan = { seed: options.seed + at, events: 1200 };
    const folder = join(root, `ledger-${at}`);
    const beside = join(root, `beside-${at}`);
    for (const made of [folder, beside]) mkdirSync(made);
    const watched = new WatchedDisk(folder, beside);
    const words = ['append', folder, plan.seed, plan.events, count];
    await SayingProcess.start('smallLedger', words, watched.environment).ended();

    const appends = plannedAppends(plan);
    const steps = watched.steps();
    const disk = new FragileDisk();
    const random = new Random(plan.seed);
    const answers = steps.filter(({ what }) => what === 'answered').length;
    let cuts = 0;
    let said = '';
    for (const step of steps) {
      disk.play(step);
      if (step.what !== 'answered') continue;
      said += step.text;
      if (!disk.isSafe('log.db-wal')) findings.push(`Said before it was synchronised: ${step.text}`);
      if (random.below(answers) >= cutsOfOne) continue;
      cuts += 1;
      const cut = mkdtempSync(join(root, 'cut-'));
      disk.cutPower(cut, random);
      findings.push(...(await logAgainstPlan(cut, appends, acknowledgedIn(said))).findings);
      rmSync(cut, { recursive: true });
    }
    expect(acknowledgedIn(said).length).toBe(appends.length);
    // Every group of callers is synchronised for itself; there are at least so many groups.
    expect(synchronised(steps, 'log.db-wal')).toBeGreaterThanOrEqual(Math.floor(appends.length / count));
    rows.push({ seed: plan.seed, callers: count, acknowledgements: appends.length, 'power cuts': cuts });
  }
  report('power-cuts', rows);
  expect(findings).toEqual([]);
});

/** Where an answer of the server says that events were recorded. */
function eventsAnswered(text: string): readonly AnsweredEvent[] {
  const body = text.slice(text.indexOf('\r\n\r\n') + 4);
  if (!text.startsWith('HTTP/1.1 201') || !body.startsWith('{')) return [];
  // The answer to a command, as the API describes it.
  return (JSON.parse(body) as { readonly events?: readonly AnsweredEvent[] }).events ?? [];
}

test('no answer over HTTP precedes the synchronising of log and vault, and after a power cut the whole ledger holds it', async () => {
  const folder = join(root, 'ledger');
  await makeTemplate(folder);
  // What stands in files that are no databases, and the databases as they were before.
  const before = join(root, 'before');
  cpSync(folder, before, { recursive: true });
  const watched = new WatchedDisk(folder, root);
  const ledger = await ServedLedger.start(folder, watched.environment);
  const load = new Load(new RequestMaker(new Random(options.seed), 'watched'));
  load.begin(ledger, 4);
  await load.answering(40);
  await load.stop();
  await ledger.kill();

  const disk = FragileDisk.holding(before);
  const random = new Random(options.seed);
  const answered: AnsweredEvent[] = [];
  const unsafe: string[] = [];
  let cuts = 0;
  for (const step of watched.steps()) {
    disk.play(step);
    if (step.what !== 'answered') continue;
    const events = eventsAnswered(step.text);
    if (events.length === 0) continue;
    answered.push(...events);
    for (const file of ['log.db-wal', 'vault.db-wal']) if (!disk.isSafe(file)) unsafe.push(file);
    if (cuts >= Math.ceil(options.powerCuts / 20) || !random.percent(8)) continue;
    cuts += 1;
    const cut = mkdtempSync(join(root, 'cut-'));
    cpSync(before, cut, { recursive: true });
    disk.cutPower(cut, random);
    const again = await ServedLedger.start(cut);
    expect(findingsIn(bodiesIn(cut), load.sent, answered)).toEqual([]);
    expect(await again.check()).toEqual([]);
    await again.stop();
  }
  expect(answered.length).toBeGreaterThanOrEqual(load.answered.length);
  expect(unsafe).toEqual([]);
});
