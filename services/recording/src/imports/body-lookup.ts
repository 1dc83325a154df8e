import { Id } from '@ledger/events';
import type { BodyMatcher, Resolution } from '@ledger/councils';
import { question, rejection, type CellFault } from './row-faults';

/** Whether what is wrong with a body is that it was not there on the day. */
export function isOfAnotherTime(problem: string): boolean {
  return /\b(ended|began) on\b/.test(problem);
}

/** Looks bodies up for the rows of a file, in which the same names come again and again. */
export class BodyLookup {
  readonly #known = new Map<string, Resolution>();

  constructor(readonly matcher: BodyMatcher) {}

  readonly resolve = (text: string, day: string): Resolution => {
    const key = `${day} ${text}`;
    const known = this.#known.get(key) ?? this.matcher.resolve(text, day);
    this.#known.set(key, known);
    return known;
  };

  /** The body meant over a span: it need only be there on its first or its last day. */
  over(text: string, from: string, to: string): { readonly id: string } | { readonly fault: CellFault } {
    // An id is no name to look up: whether it is there on the day is for the rules, as by every other route.
    if (Id.safeParse(text).success) return { id: text };
    const first = this.resolve(text, from);
    if (first.found) return { id: first.bodyId };
    const last = from === to ? first : this.resolve(text, to);
    if (last.found) return { id: last.bodyId };
    const make = first.ambiguous === true ? question : rejection;
    const code = first.ambiguous === true ? 'body-two-ways' : 'body-known';
    // Two that may be meant are both offered; of more, the nearest.
    const [nearest, other, third] = first.nearest.map(({ name }) => name);
    return { fault: make(code, first.problem, nearest, third === undefined ? other : undefined) };
  }
}
