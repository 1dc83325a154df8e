import type { StandingLine } from '@ledger/domain';

/** The lines a figure is made of: counted at once, written out only as far as they are shown. */
export interface Lines {
  readonly length: number;
  readonly illustrative: boolean;
  all(): readonly StandingLine[];
  /** In the order of their positions. */
  page(offset: number, limit: number): readonly StandingLine[];
  /** Only those of some bodies. */
  ofBodies(bodies: ReadonlySet<string>): Lines;
  /** Only those of some offers. */
  ofOffers(fits: (offer: string | null) => boolean): Lines;
  /** The bodies that they name. */
  bodies(): ReadonlySet<string>;
}

/** Lines that are written out already. */
export class ListedLines implements Lines {
  readonly length: number;
  readonly illustrative: boolean;

  constructor(readonly lines: readonly StandingLine[]) {
    this.length = lines.length;
    this.illustrative = lines.some(({ line }) => line.illustrative);
  }

  all(): readonly StandingLine[] {
    return this.lines;
  }

  page(offset: number, limit: number): readonly StandingLine[] {
    const ordered = [...this.lines].sort((a, b) =>
      a.position === b.position ? 0 : a.position < b.position ? -1 : 1,
    );
    return ordered.slice(offset, offset + limit);
  }

  ofBodies(bodies: ReadonlySet<string>): Lines {
    return new ListedLines(this.lines.filter(({ line }) => line.body !== null && bodies.has(line.body)));
  }

  ofOffers(fits: (offer: string | null) => boolean): Lines {
    return new ListedLines(this.lines.filter(({ line }) => fits(line.offer)));
  }

  bodies(): ReadonlySet<string> {
    return new Set(this.lines.flatMap(({ line }) => line.body ?? []));
  }
}
