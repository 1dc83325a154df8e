import { join } from 'node:path';
import { parseFinancialYear } from '@ledger/calendar';
import { createQueries, historyFromLog, Projector } from '@ledger/projections';
import { SqliteReadStore, type ReadStore } from '@ledger/read-store';
import type { BundleFigure, Finding } from '@ledger/seal';
import { figureKey, figuresOf, type WantedYear } from './figures';
import type { TemporaryLog } from './temporary-log';

const pageSize = 500;

/** The years and positions that figures are of, each once. */
function wantedBy(figures: readonly BundleFigure[]): readonly WantedYear[] {
  const wanted = new Map<string, WantedYear>();
  for (const { parameters, position } of figures) {
    const year = parseFinancialYear(parameters['year'] ?? '');
    if (year !== undefined) wanted.set(`${year}/${position}`, { year, position: BigInt(position) });
  }
  return [...wanted.values()];
}

/** How one figure compares with what was recomputed; undefined where they agree. */
function compared(said: BundleFigure, recomputed: BundleFigure | undefined): Finding | undefined {
  const what = `“${said.label}” (${said.ask}, ${Object.values(said.parameters).join(', ')}, as recorded by position ${said.position})`;
  if (recomputed === undefined || recomputed.rule !== said.rule)
    return {
      code: 'FIGURE_NOT_RECOMPUTED',
      index: null,
      message: `${what} was counted by the rule ${said.rule}, which this release does not have for it; use the release that made the bundle.`,
    };
  if (recomputed.value === said.value && recomputed.unit === said.unit) return undefined;
  return {
    code: 'FIGURE_DIFFERS',
    index: null,
    message: `${what} is said to be ${said.value} ${said.unit}; by the rule ${said.rule} the events come to ${recomputed.value} ${recomputed.unit}.`,
  };
}

/** Applies every event that is not applied yet; what the projector remembers is let go of with it. */
async function applyAll(log: TemporaryLog, store: ReadStore): Promise<void> {
  const projector = new Projector(store, historyFromLog(log));
  for (let after = await projector.checkpoint(); ;) {
    const page = await log.readPage({ after, limit: pageSize });
    const last = page.at(-1);
    if (last === undefined) return;
    await projector.apply(page);
    after = last.position;
  }
}

/**
 * Comes to the figures of a bundle again: from its events alone, by the rules that the figures name. It is the code that
 * answers questions, on a store of its own that is thrown away: a rule is code under an id, so nothing else is that rule.
 */
export async function recomputeFigures(
  log: TemporaryLog,
  figures: readonly BundleFigure[],
): Promise<Finding[]> {
  const store = SqliteReadStore.open(join(log.folder, 'read-models.db'));
  try {
    await applyAll(log, store);
    const recomputed = new Map<string, BundleFigure>();
    for (const wanted of wantedBy(figures.filter(({ position }) => Number(position) <= log.size))) {
      // What is kept between questions would be kept for every year: memory is scarcer here than time.
      const queries = createQueries({ store, log, figures: [] });
      for (const figure of await figuresOf(queries, wanted)) recomputed.set(figureKey(figure), figure);
    }
    return figures.flatMap((said) => compared(said, recomputed.get(figureKey(said))) ?? []);
  } finally {
    await store.close();
  }
}
