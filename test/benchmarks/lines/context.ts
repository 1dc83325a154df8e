import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSet } from '../data/data-set';
import { runTask } from '../measuring/task-process';
import type { Sample } from '../measuring/sample';
import type { InitTask } from '../tasks/init-ledger.process';
import type { MakeLogTask } from '../tasks/make-log.process';

/** The seed of the data set. */
const dataSeed = 1;

function dataSetOf(events: number, bodies?: number): DataSet {
  return { events, seed: dataSeed, ...(bodies !== undefined && { bodies }) };
}

/** What a data set is called in the names of files, and in words. */
function nameOf({ events, bodies }: DataSet): { readonly name: string; readonly words: string } {
  if (bodies === undefined) return { name: String(events), words: `${events} events` };
  return { name: `${events}-${bodies}-bodies`, words: `${events} events and ${bodies} bodies` };
}

/** Engines that others have started: where they are, and as which processes. */
export interface BenchEngines {
  readonly broker: {
    readonly address: string;
    readonly pid: number;
    /** Its folder. */ readonly data: string;
  };
  readonly server: { readonly address: string; readonly pid: number };
}

export interface BenchSettings {
  /** Logs are made in it and kept for the next time; everything else is removed. */
  readonly folder: string;
  /** Events of the data set. */
  readonly events: number;
  /** Fewer and shorter rounds. */
  readonly quick: boolean;
  /** The script that runs Emmett; undefined where it is left out. */
  readonly emmett: string | undefined;
  /** Left out where everything is measured in files. */
  readonly engines?: BenchEngines;
  /** Says what is being made, where making it takes a while. */
  readonly say: (what: string, progress?: { readonly done: number; readonly of: number }) => void;
}

/** What measurements are made with: logs and ledgers of the data set, each made when it is first needed. */
export class BenchContext {
  readonly #made = new Map<string, Promise<string>>();
  #seed = 1000;

  constructor(readonly settings: BenchSettings) {}

  /** A seed of which nothing has been recorded yet. */
  nextSeed(): number {
    this.#seed += 1;
    return this.#seed;
  }

  /** @throws RangeError where nobody has started any */
  get engines(): BenchEngines {
    const { engines } = this.settings;
    if (engines === undefined) throw new RangeError('No engines were started: run npm run bench:scaled');
    return engines;
  }

  /** A folder for what a run makes and removes. */
  get scratch(): string {
    const folder = join(this.settings.folder, 'scratch');
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** Runs one of our tasks in a process of its own. @throws TaskFailedError */
  async task(name: string, input: unknown, onProgress?: (done: number) => void): Promise<Sample> {
    return runTask(join(__dirname, '..', 'tasks', `${name}.process.js`), input, onProgress);
  }

  async #once(name: string, make: () => Promise<string>): Promise<string> {
    let made = this.#made.get(name);
    if (made === undefined) {
      made = make();
      this.#made.set(name, made);
    }
    return made;
  }

  /** The file of a log of so many events, and of so many bodies if said. One that an earlier run left in the folder is used again. */
  async logFile(events = this.settings.events, bodies?: number): Promise<string> {
    const dataSet = dataSetOf(events, bodies);
    const { name, words } = nameOf(dataSet);
    return this.#once(`log ${name}`, async () => {
      const file = join(this.settings.folder, `log-${name}.db`);
      if (existsSync(file)) return file;
      const what = `making the log of ${words}`;
      const making = `${file}.making`;
      const input: MakeLogTask = { file: making, ...dataSet };
      await this.task('make-log', input, (done) => this.settings.say(what, { done, of: events }));
      rmSync(`${making}.lock`, { force: true });
      renameSync(making, file);
      return file;
    });
  }

  /** The folder of a live ledger of so many events, with its read models; made anew in every run. */
  async ledger(events = this.settings.events, bodies?: number): Promise<string> {
    const dataSet = dataSetOf(events, bodies);
    const { name, words } = nameOf(dataSet);
    return this.#once(`ledger ${name}`, async () => {
      const logFile = await this.logFile(events, bodies);
      const folder = join(this.scratch, `ledger-${name}`);
      rmSync(folder, { recursive: true, force: true });
      this.settings.say(`making the ledger of ${words} with its read models`);
      await this.task('init-ledger', { folder, logFile, ...dataSet } satisfies InitTask);
      await this.task('complete-ledger', { folder });
      return folder;
    });
  }

  /** Where Emmett keeps the data set; its script makes it where it is missing. */
  emmettFile(): string {
    return join(this.settings.folder, `emmett-${this.settings.events}.db`);
  }

  /** Removes everything but the logs. */
  clean(): void {
    rmSync(join(this.settings.folder, 'scratch'), { recursive: true, force: true });
  }
}
