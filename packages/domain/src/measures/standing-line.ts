import type { Line } from '../lines/line';

/** A line that stands at the position asked about: posted more often than taken back. */
export interface StandingLine {
  readonly line: Line;
  /** Position of the first event of the thing's stream: it names the thing. */
  readonly thing: bigint;
  /** Position of the event that last posted it: what an explanation cites. */
  readonly position: bigint;
  /** How many equal lines of the thing stand; nearly always 1. */
  readonly count: number;
}

/** Inclusive London dates. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Whether it surely happened within the span: both its ends lie in it (design section 4). */
export function lies(line: Pick<Line, 'from' | 'to'>, span: Span): boolean {
  return line.from >= span.from && line.to <= span.to;
}

/** Whether it may have happened within the span, but is not known to have. */
export function mayLie(line: Pick<Line, 'from' | 'to'>, span: Span): boolean {
  return line.from <= span.to && line.to >= span.from && !lies(line, span);
}

/** Whether it holds on a day: for stocks. */
export function holdsOn(line: Pick<Line, 'from' | 'to'>, day: string): boolean {
  return line.from <= day && day <= line.to;
}
