import type { Fact } from '../documents/fact';

/** Positions between which an import was only partly there: from the first on, and before the second. */
interface Span {
  readonly from: bigint;
  readonly before: bigint | undefined;
}

/** When an import that was recorded, or taken back, in several appends was only partly there. */
export class ImportsInParts {
  readonly #spans: Span[] = [];

  constructor(facts: readonly Fact[]) {
    const open = new Map<string, bigint>();
    const end = (id: string, position: bigint): void => {
      const from = open.get(id);
      open.delete(id);
      // In one append, the end stands right behind the beginning: nobody ever sees what is between them.
      if (from !== undefined && position > from + 1n) this.#spans.push({ from, before: position });
    };
    for (const { id, position, event } of facts)
      switch (event.type) {
        case 'ImportAccepted':
          open.set(id, position);
          break;
        case 'ImportReversalAccepted':
          if (!open.has(id)) open.set(id, position);
          break;
        case 'ImportCompleted':
        case 'ImportReversed':
          end(id, position);
          break;
        default:
      }
    for (const from of open.values()) this.#spans.push({ from, before: undefined });
  }

  /** How many imports were only partly there, as recorded by a position. */
  at(position: bigint): number {
    return this.#spans.filter(
      ({ from, before }) => from <= position && (before === undefined || position < before),
    ).length;
  }
}
