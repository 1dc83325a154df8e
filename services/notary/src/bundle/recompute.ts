import type { EventLog } from '@ledger/event-log';
import { citedKey, createQueries, FiguresAgain, historyFromLog, Projector } from '@ledger/projections';
import type { ReadStore } from '@ledger/read-store';
import type { BundleFigure, Finding } from '@ledger/seal';
import { bundleFigure } from './figures';

/** The events of a bundle, as recomputing its figures reads them. */
export interface FiguresLog extends Pick<EventLog, 'readPage' | 'readStream' | 'positionAt'> {
  /** Events in it. */
  readonly size: number;
}

/** From what figures are recomputed, and where. */
export interface Recomputing {
  readonly log: FiguresLog;
  /** Empty, or with what was applied to it before; nothing else is in it. */
  readonly store: ReadStore;
  /** Apply no more events than so many now; all, unless said otherwise. */
  readonly mostApplied?: number;
  /** Is told after every page how many events are applied; a browser has its turn meanwhile. */
  readonly onApplied?: (events: number) => Promise<void>;
}

const pageSize = 500;

/** Figures as recorded by the same position, of the same year. */
function byPositionAndYear(figures: readonly BundleFigure[]): Iterable<readonly BundleFigure[]> {
  const found = new Map<string, BundleFigure[]>();
  for (const figure of figures) {
    const key = `${figure.position} ${figure.parameters['year'] ?? ''}`;
    const known = found.get(key);
    if (known === undefined) found.set(key, [figure]);
    else known.push(figure);
  }
  return found.values();
}

/** What of a figure must be come to again, in words. */
function told({ value, unit, numerator, base, attributed }: BundleFigure): string {
  const share = base === undefined ? '' : ` (${numerator === undefined ? '' : `${numerator} `}of ${base})`;
  const part = attributed === undefined ? '' : `, ${attributed} of it put down to the programme`;
  return `${value} ${unit}${share}${part}`;
}

/**
 * A figure with no more of what it says than another names. A published one names all that its event says of it: then only
 * what is put down to the programme may be missing, which earlier releases published of fewer figures.
 */
function asNamed(figure: BundleFigure, said: BundleFigure): BundleFigure {
  const { numerator, base, attributed, ...always } = figure;
  const whole = said.publication !== undefined;
  return {
    ...always,
    ...((whole || said.numerator !== undefined) && numerator !== undefined && { numerator }),
    ...((whole || said.base !== undefined) && base !== undefined && { base }),
    ...(said.attributed !== undefined && attributed !== undefined && { attributed }),
  };
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
  // Bundles of earlier releases name neither bases nor what is put down to the programme.
  const [ours, theirs] = [told(asNamed(recomputed, said)), told(said)];
  if (ours === theirs) return undefined;
  return {
    code: 'FIGURE_DIFFERS',
    index: null,
    message: `${what} is said to be ${theirs}; by the rule ${said.rule} the events come to ${ours}.`,
  };
}

/** Applies the events that are not applied yet; what the projector remembers is let go of with it. */
async function applyAll({ log, store, mostApplied = Infinity, onApplied }: Recomputing): Promise<void> {
  const projector = new Projector(store, historyFromLog(log));
  let after = await projector.checkpoint();
  for (let applied = 0; applied < mostApplied; applied += pageSize) {
    const page = await log.readPage({ after, limit: pageSize });
    const last = page.at(-1);
    if (last === undefined) return;
    await projector.apply(page);
    after = last.position;
    await onApplied?.(Number(after));
  }
}

/**
 * Comes to the figures of a bundle again: from its events alone, by the rules that the figures name. It is the code that
 * answers questions, on a store that is thrown away: a rule is code under an id, so nothing else is that rule.
 */
export async function recomputeFigures(
  parts: Recomputing,
  figures: readonly BundleFigure[],
): Promise<Finding[]> {
  const { log, store } = parts;
  await applyAll(parts);
  const findings: Finding[] = [];
  for (const named of byPositionAndYear(figures)) {
    const [first] = named;
    if (first === undefined) continue;
    const position = BigInt(first.position);
    // What is kept between questions would be kept for every year: memory is scarcer here than time.
    const queries = createQueries({ store, log, figures: [] });
    const again =
      position <= BigInt(log.size) ? await new FiguresAgain(queries, named).at(position) : undefined;
    for (const said of named) {
      const figure = again?.get(citedKey(said));
      const finding = compared(said, figure && bundleFigure(figure, position));
      if (finding !== undefined) findings.push(finding);
    }
  }
  return findings;
}
