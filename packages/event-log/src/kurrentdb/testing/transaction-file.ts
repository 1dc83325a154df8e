import { closeSync, existsSync, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import type { Kept } from './kept';

/** A line of the file: one write, whole. */
type Line = (Omit<Kept, 'data' | 'metadata'> & { readonly data: string; readonly metadata: string })[];

/** Where the test server keeps its transactions, a line for each: one that was cut off by a kill was never answered. */
export class TransactionFile {
  readonly #handle: number;
  readonly #transactions: Kept[][] = [];

  constructor(path: string) {
    const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    for (const line of whole.split('\n')) {
      if (line === '') continue;
      // What stands in it this class wrote.
      const parsed = JSON.parse(line) as Line;
      this.#transactions.push(
        parsed.map((kept) => ({
          ...kept,
          data: Buffer.from(kept.data, 'base64'),
          metadata: Buffer.from(kept.metadata, 'base64'),
        })),
      );
    }
    this.#handle = openSync(path, existsSync(path) ? 'r+' : 'w+');
    ftruncateSync(this.#handle, Buffer.byteLength(whole));
    this.#end = Buffer.byteLength(whole);
  }

  #end: number;

  read(): readonly (readonly Kept[])[] {
    return this.#transactions;
  }

  append(transaction: readonly Kept[]): void {
    const line: Line = transaction.map((kept) => ({
      ...kept,
      data: Buffer.from(kept.data).toString('base64'),
      metadata: Buffer.from(kept.metadata).toString('base64'),
    }));
    this.#end += writeSync(this.#handle, `${JSON.stringify(line)}\n`, this.#end);
  }

  close(): void {
    closeSync(this.#handle);
  }
}
