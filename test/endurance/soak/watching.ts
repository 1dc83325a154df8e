import { readFileSync } from 'node:fs';
import { megabytesOf } from './soak-ledger';

/** Megabytes that a process has resident, now or at the most so far. Only Linux says so in a file. */
export function residentMegabytes(pid: number | undefined, what: 'now' | 'most' = 'now'): number {
  const name = what === 'now' ? 'VmRSS' : 'VmHWM';
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** One look at a running server. */
export interface Look {
  readonly seconds: number;
  readonly resident: number;
  readonly log: number;
  readonly readModels: number;
}

/** Looks at a server once a second: its memory, and its write-ahead logs. */
export class Watching {
  readonly looks: Look[] = [];
  readonly #timer: NodeJS.Timeout;

  constructor(folder: string, pid: number | undefined) {
    const began = Date.now();
    this.#timer = setInterval(() => {
      this.looks.push({
        seconds: (Date.now() - began) / 1000,
        resident: residentMegabytes(pid),
        log: megabytesOf(folder, /^log\.db-wal$/),
        readModels: megabytesOf(folder, /^read-models.*-wal$/),
      });
    }, 1000);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** The mean of what was resident in a part of the time, as a fraction from its beginning to its end. */
  residentBetween(from: number, to: number): number {
    const part = this.looks.slice(Math.floor(this.looks.length * from), Math.ceil(this.looks.length * to));
    return part.reduce((sum, { resident }) => sum + resident, 0) / Math.max(1, part.length);
  }

  most(what: 'resident' | 'log' | 'readModels'): number {
    return Math.max(0, ...this.looks.map((look) => look[what]));
  }
}
