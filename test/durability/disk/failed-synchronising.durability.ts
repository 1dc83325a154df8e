import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../histories/random';
import { RequestMaker } from '../kills/requests';
import { options } from '../options';
import { SayingProcess } from '../saying-process';
import { makeTemplate, ServedLedger } from '../served-ledger';
import { logAgainstPlan } from '../small-ledger/log-against-plan';
import { plannedAppends } from '../small-ledger/plan';
import { acknowledgedIn } from '../small-ledger/saying';
import { FragileDisk } from './fragile-disk';
import { WatchedDisk } from './watched-disk';

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'failed-'))));
afterEach(() => rmSync(root, { recursive: true }));

/*
 * A system that fails to synchronise takes the pages for written, and never tries again. A process that is started then
 * reads them from memory as if they were on the disk: it must not acknowledge anything that stands behind them.
 */
test.each([3, 9, 20])(
  'after the disk failed to synchronise commit %s and a restart, a power cut loses no acknowledged append',
  async (commit) => {
    const folder = join(root, 'ledger');
    mkdirSync(folder);
    const watched = new WatchedDisk(folder, root);
    const plan = { seed: commit, events: 300 };
    const words = ['append', folder, plan.seed, plan.events, 2];
    watched.fail({
      operation: 'sync',
      files: 'log.db-wal',
      error: 'EIO',
      skip: commit,
      forever: false,
      torn: false,
    });
    await SayingProcess.start('smallLedger', words, watched.environment).killed();
    await SayingProcess.start('smallLedger', words, watched.environment).ended();

    const appends = plannedAppends(plan);
    const disk = new FragileDisk();
    const random = new Random(commit);
    let said = '';
    let failures = 0;
    for (const step of watched.steps()) {
      disk.play(step);
      if (step.what === 'synchronised' && step.failed) failures += 1;
      if (step.what !== 'answered') continue;
      said += step.text;
      if (failures === 0 || !random.percent(40)) continue;
      const cut = mkdtempSync(join(root, 'cut-'));
      disk.cutPower(cut, random);
      expect((await logAgainstPlan(cut, appends, acknowledgedIn(said))).findings).toEqual([]);
    }
    expect(failures).toBe(1);
    expect(new Set(acknowledgedIn(said).map(({ number }) => number)).size).toBe(appends.length);
  },
);

test('after a commit that the disk failed in, the server takes nothing until it is started again, says so, and loses nothing', async () => {
  const folder = join(root, 'ledger');
  await makeTemplate(folder);
  const watched = new WatchedDisk(folder, root);
  let ledger = await ServedLedger.start(folder, watched.environment);
  const maker = new RequestMaker(new Random(options.seed), 'failed');
  const post = async () => {
    const request = maker.next();
    return { request, answer: await ledger.post(request.path, request.body, request.key) };
  };
  const first = await post();
  expect(first.answer.status).toBe(201);
  watched.fail({
    operation: 'sync',
    files: 'log.db-wal',
    error: 'EIO',
    skip: 0,
    forever: false,
    torn: false,
  });
  const refused = [await post(), await post()];
  for (const { answer } of refused)
    expect(answer).toEqual({
      status: 503,
      body: expect.objectContaining({
        code: 'LOG_FAILED',
        detail: expect.stringContaining('send it again then with the same key, and it is recorded once'),
      }),
    });
  const ready = await ledger.get('/health/ready');
  expect([ready.status, ready.body['state']]).toEqual([503, 'failed']);
  expect((await ledger.get('/api/annual-totals?year=2025/26')).status).toBe(200);
  await ledger.stop();

  ledger = await ServedLedger.start(folder);
  for (const { request } of refused) {
    const answer = await ledger.post(request.path, request.body, request.key);
    expect([200, 201]).toContain(answer.status);
  }
  expect(await ledger.check()).toEqual([]);
  await ledger.stop();
});
