import { readFileSync } from 'node:fs';

/** What happened on a watched disk, in the order in which it did; see `watched-disk.c`. */
export type Step =
  | { readonly what: 'written'; readonly file: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly what: 'synchronised'; readonly file: string; readonly failed: boolean }
  | { readonly what: 'cut'; readonly file: string; readonly size: number }
  | { readonly what: 'removed'; readonly file: string }
  | { readonly what: 'answered'; readonly text: string };

const newLine = 10;

/** Reads a trace; a record that was cut off by a kill is the last one, and is left out. */
export function readTrace(file: string): readonly Step[] {
  const all = readFileSync(file);
  const steps: Step[] = [];
  for (let at = 0; at < all.length;) {
    const end = all.indexOf(newLine, at);
    if (end === -1) break;
    const [kind = '', ...words] = all.toString('latin1', at, end).split(' ');
    const length = lengthOf(kind, words);
    const bytes = all.subarray(end + 1, end + 1 + length);
    if (bytes.length < length) break;
    steps.push(stepOf(kind, words, bytes));
    at = end + 1 + length;
  }
  return steps;
}

/** How many bytes follow the line. */
function lengthOf(kind: string, words: readonly string[]): number {
  if (kind === 'W') return Number(words[2]);
  return kind === 'A' ? Number(words[0]) : 0;
}

function stepOf(kind: string, [first = '', second]: readonly string[], bytes: Buffer): Step {
  switch (kind) {
    case 'W':
      return { what: 'written', file: first, offset: Number(second), bytes };
    case 'S':
      return { what: 'synchronised', file: first, failed: second !== '0' };
    case 'T':
      return { what: 'cut', file: first, size: Number(second) };
    case 'U':
      return { what: 'removed', file: first };
    case 'A':
      return { what: 'answered', text: bytes.toString('utf8') };
    default:
      throw new SyntaxError(`The trace has a record of an unknown kind: ${kind}`);
  }
}
