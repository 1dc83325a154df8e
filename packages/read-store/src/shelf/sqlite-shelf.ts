import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { ReadStore } from '../port';
import { SqliteReadStore } from '../sqlite/sqlite-read-store';
import type { Draft, Shelf } from './shelf';

/** Which number of each name is in use. */
type InUse = Readonly<Record<string, number>>;

const listName = 'in-use.json';

/** Read models as SQLite files in one folder: `figures-3.db`, and a list of those in use that is replaced whole. */
export class SqliteShelf implements Shelf {
  readonly #open = new Map<string, SqliteReadStore>();

  constructor(readonly folder: string) {
    mkdirSync(folder, { recursive: true });
  }

  async current(name: string): Promise<ReadStore | undefined> {
    const number = this.#inUse()[name];
    if (number === undefined || !existsSync(this.#file(name, number))) return undefined;
    try {
      return SqliteReadStore.open(this.#file(name, number));
    } catch {
      // Read models are disposable: whatever is wrong with the file, the log makes it anew.
      return undefined;
    }
  }

  async inUse(name: string): Promise<number> {
    return this.#inUse()[name] ?? 0;
  }

  async draft(name: string, label: string): Promise<Draft> {
    const file = this.#draftFile(name);
    if (existsSync(file)) {
      const begun = await this.#begun(name, label);
      if (begun !== undefined) return { store: begun, file };
    }
    this.#remove(file);
    const store = SqliteReadStore.open(file);
    await store.setLabel(label);
    this.#open.set(name, store);
    return { store, file };
  }

  /** A draft that was begun under the same label. */
  async #begun(name: string, label: string): Promise<ReadStore | undefined> {
    try {
      const store = await this.reopen(name);
      if ((await store.label()) === label) return store;
      await store.close();
    } catch {
      // A draft that cannot be opened is begun anew.
    }
    this.#open.delete(name);
    return undefined;
  }

  async reopen(name: string): Promise<ReadStore> {
    await this.#open.get(name)?.close();
    const store = SqliteReadStore.open(this.#draftFile(name));
    this.#open.set(name, store);
    return store;
  }

  async promote(name: string): Promise<void> {
    const inUse = this.#inUse();
    const text = JSON.stringify({ ...inUse, [name]: (inUse[name] ?? 0) + 1 });
    const list = join(this.folder, listName);
    const fresh = `${list}.new`;
    writeFileSync(fresh, text);
    const handle = openSync(fresh, 'r+');
    fsyncSync(handle);
    closeSync(handle);
    // One step: whoever looks finds the old list or the new one.
    renameSync(fresh, list);
    this.#open.delete(name);
  }

  async discard(name: string): Promise<void> {
    await this.#open.get(name)?.close();
    this.#open.delete(name);
    this.#remove(this.#draftFile(name));
  }

  async tidy(): Promise<void> {
    const inUse = this.#inUse();
    for (const entry of readdirSync(this.folder)) {
      const [, name, number] = /^(.+)-(\d+)\.db$/.exec(entry) ?? [];
      if (name !== undefined && Number(number) < (inUse[name] ?? 0)) this.#remove(join(this.folder, entry));
    }
  }

  #inUse(): InUse {
    try {
      // Written by promote only.
      return JSON.parse(readFileSync(join(this.folder, listName), 'utf8')) as InUse;
    } catch {
      return {};
    }
  }

  #file(name: string, number: number): string {
    return join(this.folder, `${name}-${number}.db`);
  }

  /** A draft already has the name it bears in use: promoting it moves nothing. */
  #draftFile(name: string): string {
    return this.#file(name, (this.#inUse()[name] ?? 0) + 1);
  }

  #remove(file: string): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  }
}
