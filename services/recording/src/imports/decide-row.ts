import {
  decideCorrection,
  decideRecording,
  decideReinstatement,
  DecisionRefused,
  evolveThing,
  type DecidedEvent,
  type DecisionContext,
  type Fault,
  type Thing,
  type Why,
} from '@ledger/domain';
import { canonicalJson, type LedgerEvent } from '@ledger/events';
import { shownLabel } from '@ledger/pages';
import type { ImportedHistory } from './imported-history';
import { question, type CellFault } from './row-faults';

/** What a row comes to, before warnings are looked at. */
export type RowDecision =
  | {
      readonly outcome: 'new' | 'changes';
      readonly events: readonly DecidedEvent[];
      readonly warnings: readonly Fault[];
      /** The fields that change. */
      readonly fields: readonly string[];
    }
  | { readonly outcome: 'unchanged' }
  | { readonly fault: CellFault }
  | { readonly refused: readonly Fault[] };

type Data = Readonly<Record<string, unknown>>;

function changedFields(before: Data, after: Data): string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const text = (value: unknown): string => (value === undefined ? '' : canonicalJson(value));
  return names.filter((name) => text(before[name]) !== text(after[name])).map((name) => shownLabel(name));
}

/** Brings a record back that was withdrawn because its import was reversed, with what the row says. */
function restored(
  thing: Thing,
  content: LedgerEvent,
  standing: { readonly eventId: string; readonly data: Data },
  context: DecisionContext,
): RowDecision {
  if (thing.kind === 'claim')
    return {
      fault: question(
        'claim-withdrawn',
        'this claim was withdrawn when its import was reversed, and a claim is not reinstated; give the row a reference of its own',
      ),
    };
  const why: Why = { reason: 'other' };
  const [reinstated] = decideReinstatement(thing, why).events;
  if (reinstated === undefined) throw new RangeError('A reinstatement is one event');
  if (canonicalJson(standing.data) === canonicalJson(content.data))
    return { outcome: 'new', events: [reinstated], warnings: [], fields: [] };
  const folded = evolveThing(thing, {
    eventId: `${thing.id}/reinstated`,
    position: 0n,
    revision: thing.revision + 1n,
    illustrative: thing.illustrative,
    // A reinstatement says the same whoever does it.
    actor: '',
    event: reinstated,
  });
  const { events, warnings } = decideCorrection(
    folded,
    { reason: 'late-information', content, corrects: standing.eventId },
    context,
  );
  return { outcome: 'new', events: [reinstated, ...events], warnings, fields: [] };
}

function saidNow(before: Data, after: Data): string {
  return changedFields(before, after).join(', ').toLowerCase();
}

/**
 * Decides what a row is: compared with what the last import of its record said, so that an untouched row is
 * unchanged even where the record was corrected since.
 */
export function decideRow(
  thing: Thing,
  content: LedgerEvent,
  { last, reversed }: Pick<ImportedHistory, 'last' | 'reversed'>,
  context: DecisionContext,
): RowDecision {
  try {
    const standing = thing.contents.findLast(({ event }) => event.type === content.type);
    if (standing === undefined) {
      const { events, warnings } = decideRecording(thing, content, context);
      return { outcome: 'new', events, warnings, fields: [] };
    }
    const row = canonicalJson(content.data);
    const now: Data = standing.event.data;
    if (last === undefined && reversed && thing.mergedInto === null)
      return restored(thing, content, { eventId: standing.eventId, data: now }, context);
    if (row === last) return { outcome: 'unchanged' };
    if (thing.withdrawn || standing.withdrawn)
      return {
        fault: question(
          'withdrawn-since',
          'the row was changed, and its record is withdrawn; reinstate the record first, or take the row out',
        ),
      };
    if (thing.mergedInto !== null)
      return {
        fault: question(
          'merged-since',
          'the row was changed, and its record is merged into another; correct that one, or take the row out',
        ),
      };
    if (row === canonicalJson(now)) return { outcome: 'unchanged' };
    if (canonicalJson(now) !== last)
      return {
        fault: question(
          'corrected-since',
          `the row was changed, and its record was corrected since the last import; they differ in: ${saidNow(now, content.data)}; correct the record by hand, or put in the row what the record says`,
        ),
      };
    const { events, warnings } = decideCorrection(
      thing,
      { reason: 'late-information', content, corrects: standing.eventId },
      context,
    );
    return { outcome: 'changes', events, warnings, fields: changedFields(now, content.data) };
  } catch (error) {
    if (error instanceof DecisionRefused) return { refused: error.faults };
    throw error;
  }
}
