import { MemoryReadStore } from '../memory/memory-read-store';
import type { ReadStore } from '../port';
import type { Draft, Shelf } from './shelf';

/** Read models in memory. */
export class MemoryShelf implements Shelf {
  readonly #current = new Map<string, ReadStore>();
  readonly #numbers = new Map<string, number>();
  readonly #drafts = new Map<string, ReadStore>();

  async current(name: string): Promise<ReadStore | undefined> {
    return this.#current.get(name);
  }

  async inUse(name: string): Promise<number> {
    return this.#numbers.get(name) ?? 0;
  }

  async draft(name: string, label: string): Promise<Draft> {
    const begun = this.#drafts.get(name);
    if (begun !== undefined && (await begun.label()) === label) return { store: begun, file: null };
    const store = new MemoryReadStore();
    await store.setLabel(label);
    this.#drafts.set(name, store);
    return { store, file: null };
  }

  async reopen(name: string): Promise<ReadStore> {
    const draft = this.#drafts.get(name);
    if (draft === undefined) throw new RangeError(`There is no draft of ${name}`);
    return draft;
  }

  async promote(name: string): Promise<void> {
    this.#current.set(name, await this.reopen(name));
    this.#numbers.set(name, (await this.inUse(name)) + 1);
    this.#drafts.delete(name);
  }

  async discard(name: string): Promise<void> {
    this.#drafts.delete(name);
  }

  async tidy(): Promise<void> {
    // What nobody holds is gone by itself.
  }
}
