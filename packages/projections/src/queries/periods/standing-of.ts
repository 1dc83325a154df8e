import type { AskedAt, FigureStanding } from '../answers';
import { QuestionRefusedError } from '../asking';

/** A figure as it is compared with itself as recorded by the closing. */
export interface Comparable {
  readonly value: number | null;
  readonly base?: number;
  readonly shown: string;
}

/** The standing of a figure whose year is finally closed: final if it is what it was, else restated (D6). */
export function standingOf(now: Comparable, then: Comparable | undefined, closedAt: bigint): FigureStanding {
  const final = then === undefined ? null : { value: then.value, shown: then.shown };
  const same = then?.value === now.value && then.base === now.base && then.shown === now.shown;
  return { status: same ? 'final' : 'restated', closedAt: String(closedAt), final: same ? null : final };
}

/** Asks as recorded by a closing; undefined where the question could not be asked then. */
export async function asClosed<A>(closing: bigint, ask: (at: AskedAt) => Promise<A>): Promise<A | undefined> {
  try {
    return await ask({ position: closing });
  } catch (error) {
    if (error instanceof QuestionRefusedError) return undefined;
    throw error;
  }
}
