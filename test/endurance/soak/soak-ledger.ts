import { readFileSync, rmSync, statSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeLog } from '../../benchmarks/data/log-file';
import { bodiesIn, initServedLedger } from '../../durability/served-ledger';
import { dataSetEvents } from './options';

/** Makes the folder of a live ledger that holds the data set of the benchmarks. */
export async function makeSoakLedger(folder: string): Promise<void> {
  await initServedLedger(folder);
  // The log of the data set takes the place of the one that was made.
  await makeLog(join(folder, 'log.db'), { events: dataSetEvents, seed: 1 });
  const [opened] = bodiesIn(folder, 1);
  // The first event of a ledger says which it is; so does the file beside it.
  if (opened === undefined) throw new Error('The data set has no first event');
  const { ledger } = opened.data as { readonly ledger: string };
  const file = join(folder, 'ledger.json');
  const settings = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>;
  writeFileSync(file, JSON.stringify({ ...settings, ledger }));
}

export function removeReadModels(folder: string): void {
  rmSync(join(folder, 'read-models'), { recursive: true, force: true });
}

/** Megabytes of files, by their names' ending, in a folder and those in it. */
export function megabytesOf(folder: string, ending: RegExp): number {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    ending.test(name),
  );
  const bytes = names.reduce(
    (sum, name) => sum + (statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
  return bytes / 1_000_000;
}
