import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bytesOfFault, failOn, type Fault } from './fault';
import { readTrace, type Step } from './trace';

let compiled: string | undefined;

/** Compiles the library once. @throws where there is no C compiler */
function library(): string {
  if (compiled === undefined) {
    const file = join(mkdtempSync(join(tmpdir(), 'watched-disk-')), 'watched-disk.so');
    const source = join(__dirname, 'watched-disk.c');
    execFileSync('cc', ['-shared', '-fPIC', '-O2', '-o', file, source, '-ldl', '-lpthread']);
    compiled = file;
  }
  return compiled;
}

/** A folder whose databases are watched in every process that is started with its environment. */
export class WatchedDisk {
  readonly folder: string;
  /** The file that says what fails. */
  readonly control: string;
  readonly #trace: string;

  /** @param beside a folder for what the watching itself needs */
  constructor(folder: string, beside: string) {
    // The system tells the names of open files without links.
    this.folder = realpathSync(folder);
    this.control = join(beside, 'fault');
    this.#trace = join(beside, 'trace');
    writeFileSync(this.control, Buffer.alloc(bytesOfFault));
    writeFileSync(this.#trace, '');
  }

  get environment(): Readonly<Record<string, string>> {
    return {
      LD_PRELOAD: library(),
      LEDGER_DISK_FOLDER: this.folder,
      LEDGER_DISK_TRACE: this.#trace,
      LEDGER_DISK_FAULT: this.control,
    };
  }

  /** From now on this fails, in processes that run already, too; undefined: nothing does. */
  fail(fault: Fault | undefined): void {
    failOn(this.control, fault);
  }

  /** What has happened so far. */
  steps(): readonly Step[] {
    return readTrace(this.#trace);
  }
}
