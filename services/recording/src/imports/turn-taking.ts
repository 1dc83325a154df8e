import { setImmediate as nextTurn } from 'node:timers/promises';

/** How far an import has come. */
export interface ImportProgress {
  readonly done: number;
  readonly total: number;
  readonly doing: string;
}

/** Rows between two turns of others: a long import must not keep the server from answering. */
const rowsAtOnce = 100;

/** Lets others have their turn while many rows are worked through, and tells how far it is. */
export async function takingTurns(
  done: number,
  total: number,
  doing: string,
  tell: ((progress: ImportProgress) => void) | undefined,
): Promise<void> {
  if (done % rowsAtOnce !== 0) return;
  tell?.({ done, total, doing });
  await nextTurn();
}
