import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { ServedLedger } from '../../durability/served-ledger';
import { report } from '../report';
import type { Grown } from './grow.process';
import { MixedLoad, operationNames } from './mixed-load';
import { dataSetEvents, eventsBetweenLooks, soakOptions } from './options';
import { percentile } from './percentile';
import { makeSoakLedger, megabytesOf, removeReadModels } from './soak-ledger';
import { residentMegabytes, Watching } from './watching';

/*
 * Half of the minutes with 100,000 events, half with millions, the same steady load on the same server program. In
 * between the log grows while no server has it, and at every million the ledger is started without read models, which
 * builds them, and with them.
 */

/** A write-ahead log is written back at 4 MB, or when readers let it; one that grows without end shows here. */
const longestLogMegabytes = 64;

const root = mkdtempSync(join(tmpdir(), 'soak-'));
const folder = join(root, 'ledger');
afterAll(() => rmSync(root, { recursive: true }));

type Row = Record<string, string | number>;
const growth: Row[] = [];
const load: Row[] = [];
const memory: Row[] = [];
const refused: string[] = [];

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

function grownBy(firstSeed: number, upTo: number): Grown {
  const program = join(__dirname, '..', '..', 'dist', 'endurance', 'soak', 'grow.process.js');
  const words = [program, folder, String(firstSeed), String(upTo)];
  // Said by that program as its only line.
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8' })) as Grown;
}

async function startedIn(): Promise<{ readonly ledger: ServedLedger; readonly seconds: number }> {
  const began = performance.now();
  const ledger = await ServedLedger.start(folder);
  return { ledger, seconds: (performance.now() - began) / 1000 };
}

/** Starts without read models, then with them; what each took. */
async function look(events: number, grown: Grown): Promise<void> {
  removeReadModels(folder);
  const building = await startedIn();
  const mostWhileBuilding = residentMegabytes(building.ledger.server.child.pid, 'most');
  await building.ledger.stop();
  const { ledger, seconds } = await startedIn();
  const resident = residentMegabytes(ledger.server.child.pid);
  await ledger.stop();
  growth.push({
    events,
    'log MB': rounded(megabytesOf(folder, /^log\.db$/)),
    'read models MB': rounded(megabytesOf(folder, /^read-models.*\.db$/)),
    'start s': rounded(seconds),
    'start and build all s': rounded(building.seconds),
    'resident after start MB': rounded(resident),
    'most while building MB': rounded(mostWhileBuilding),
    'append median ms': rounded(grown.appendMedian),
    'append p99 ms': rounded(grown.appendP99),
    'bulk append events/s': grown.eventsPerSecond,
  });
  report('growth', growth);
}

/** Half of the minutes of load. */
async function loaded(events: number): Promise<void> {
  const ledger = await ServedLedger.start(folder);
  const watching = new Watching(folder, ledger.server.child.pid);
  const mixed = new MixedLoad(ledger, events);
  await mixed.run((soakOptions.minutes * 60) / 2, soakOptions.operationsPerSecond);
  watching.stop();
  for (const name of operationNames) {
    const taken = mixed.taken.get(name) ?? [];
    load.push({
      events,
      operation: name,
      times: taken.length,
      'median ms': rounded(percentile(taken, 50)),
      'p99 ms': rounded(percentile(taken, 99)),
      'longest ms': rounded(Math.max(0, ...taken)),
    });
  }
  memory.push({
    events,
    'minutes of load': soakOptions.minutes / 2,
    'resident in the second tenth MB': rounded(watching.residentBetween(0.1, 0.2)),
    'resident in the last tenth MB': rounded(watching.residentBetween(0.9, 1)),
    'most resident MB': rounded(watching.most('resident')),
    'longest write-ahead log, log MB': rounded(watching.most('log')),
    'longest write-ahead log, read models MB': rounded(watching.most('readModels')),
  });
  report('soak', load);
  report('memory', memory);
  refused.push(...mixed.refused);
  expect(watching.most('log')).toBeLessThan(longestLogMegabytes);
  await ledger.stop();
}

test('under a steady mixed load everything is answered, and no write-ahead log grows without end, from 100,000 events to millions', async () => {
  await makeSoakLedger(folder);
  let grown = grownBy(2, 0);
  await look(dataSetEvents, grown);
  await loaded(dataSetEvents);
  for (let events = eventsBetweenLooks; events < soakOptions.events; events += eventsBetweenLooks) {
    grown = grownBy(grown.nextSeed, events);
    await look(events, grown);
  }
  grown = grownBy(grown.nextSeed, soakOptions.events);
  await look(soakOptions.events, grown);
  await loaded(soakOptions.events);
  expect(refused).toEqual([]);
});
