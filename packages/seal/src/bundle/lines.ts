import { concat } from '../bytes';

const newline = 0x0a;

/** Parts of a file, in order: from a stream, or one after another from what is in memory. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A line without its newline; the last one of a file that was cut off has none. */
export interface Line {
  readonly bytes: Uint8Array;
  readonly whole: boolean;
}

/** The lines of a file, a batch for each part of it: only the line that is still coming is kept. */
export async function* linesOf(chunks: Chunks): AsyncGenerator<readonly Line[]> {
  let rest: Uint8Array[] = [];
  for await (const chunk of chunks) {
    const lines: Line[] = [];
    let from = 0;
    for (let to = chunk.indexOf(newline); to !== -1; to = chunk.indexOf(newline, from)) {
      const part = chunk.subarray(from, to);
      lines.push({ bytes: rest.length === 0 ? part : concat(...rest, part), whole: true });
      rest = [];
      from = to + 1;
    }
    if (from < chunk.length) rest.push(chunk.slice(from));
    yield lines;
  }
  if (rest.length > 0) yield [{ bytes: concat(...rest), whole: false }];
}
