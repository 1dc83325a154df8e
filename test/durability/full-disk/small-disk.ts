import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

const ballast = 'ballast';

/** A disk of a few megabytes, mounted on a folder: a real one to SQLite, and soon full. Only root may mount. */
export class SmallDisk {
  private constructor(readonly folder: string) {}

  static mount(folder: string, megabytes: number): SmallDisk {
    mkdirSync(folder, { recursive: true });
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m,mode=700`, 'tmpfs', folder]);
    return new SmallDisk(folder);
  }

  /** Takes all the room but so many bytes. */
  fill(leave: number): void {
    const { bavail, bsize } = statfsSync(this.folder);
    const handle = openSync(join(this.folder, ballast), 'a');
    try {
      const part = Buffer.alloc(bsize);
      for (let left = Math.floor((bavail * bsize - leave) / bsize); left > 0; left--) writeSync(handle, part);
    } finally {
      closeSync(handle);
    }
  }

  makeRoom(): void {
    rmSync(join(this.folder, ballast), { force: true });
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.folder]);
  }
}
