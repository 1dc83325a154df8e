import { financialYearSpan } from '@ledger/calendar';
import { countingRule } from '@ledger/domain';
import { Asking } from '../queries/asking';
import { selectionOf, selectLines } from '../queries/select-lines';
import { SelectionRollUps } from '../queries/selection-roll-ups';
import type { ReadStore } from '@ledger/read-store';
import type { ProjectedStores } from '../runtime/projected-stores';
import type { EventLog } from '@ledger/event-log';

/** An answer of a rule as a text that is the same whatever the order of its parts. */
function textOf(answer: {
  readonly value: number;
  readonly base?: number;
  readonly bodies: ReadonlySet<string>;
  readonly remainders: readonly { readonly label: string; readonly count: number }[];
  readonly illustrative: boolean;
}): string {
  const remainders = answer.remainders.map(({ label, count }) => `${label} ${count}`).sort();
  return JSON.stringify([
    answer.value,
    answer.base ?? null,
    [...answer.bodies].sort(),
    remainders,
    answer.illustrative,
  ]);
}

/**
 * Counts every measure of every year twice as recorded by a position: from roll-ups, and from the lines they are
 * caches of. Returns a sentence for each that differs.
 */
export async function checkRollUps(
  parts: {
    readonly store: ReadStore | ProjectedStores;
    readonly log: Pick<EventLog, 'positionAt' | 'readPage' | 'readStream'>;
  },
  position: bigint,
): Promise<{ readonly compared: number; readonly findings: readonly string[] }> {
  const asking = new Asking(parts.store, parts.log);
  const ground = await asking.ground({ position });
  const findings: string[] = [];
  let compared = 0;
  const years = await asking.lines.yearsWithLines(ground.upTo);
  for (const measure of ground.catalogue.measures.values()) {
    const rule = countingRule(measure.rule);
    if (rule?.evaluateRollUps === undefined || measure.kind !== 'flow') continue;
    const { parameters, kind } = measure;
    const selection = selectionOf(measure);
    const rollUps = new SelectionRollUps(asking, ground, selection);
    const lines = (await selectLines(asking, ground, selection)).all();
    for (const year of years) {
      const span = financialYearSpan(year);
      const counted = await rule.evaluateRollUps({ year, span, parameters }, rollUps);
      compared += 1;
      const evaluated = rule.evaluate({ lines, span, kind, parameters });
      const fromLines = textOf({
        ...evaluated,
        bodies: rule.sequence === true ? evaluated.bodies : counted.bodies,
        illustrative: evaluated.lines.some(({ line }) => line.illustrative),
      });
      if (textOf(counted) !== fromLines)
        findings.push(
          `The roll-ups of ${measure.id}, ${year}, at position ${position} say ${textOf(counted)}; its lines say ${fromLines}.`,
        );
    }
  }
  return { compared, findings };
}
