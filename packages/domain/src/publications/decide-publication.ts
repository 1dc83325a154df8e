import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { refuseIfAny, type Fault } from '../deciders/refusal';

/** A figure that is to be told to others, as it was just asked; null is the value of one that is withheld. */
export type FigureToPublish = Omit<
  EventData<'FigurePublished'>,
  'publication' | 'position' | 'completeness' | 'value'
> & { readonly value: string | null };

/** What is known of the answer that the figures are from. */
export interface AnswerToPublish {
  /** As recorded by this position. */
  readonly position: bigint;
  /** Events that could not be applied up to it. */
  readonly parked: number;
  /** Imports that were only partly recorded by it. */
  readonly importing: number;
  /** Whether it comes from read models of an earlier release. */
  readonly rebuilding: boolean;
  readonly figures: readonly FigureToPublish[];
}

/** What deciding on a publication comes to. */
export interface PublicationDecision {
  readonly events: readonly DecidedEvent[];
  /** Figures of the table that are left out, being withheld. */
  readonly warnings: readonly Fault[];
}

function incompleteFaults({ parked, importing, rebuilding }: AnswerToPublish): Fault[] {
  const faults: Fault[] = [];
  if (parked > 0)
    faults.push({
      code: 'incomplete',
      path: 'parameters',
      message: `${parked === 1 ? 'an event' : `${parked} events`} could not be applied, so figures are incomplete; see /parked (or \`ledger parked\`), have it mended, and publish then`,
    });
  if (importing > 0)
    faults.push({
      code: 'incomplete',
      path: 'parameters',
      message:
        'an import is only partly recorded as recorded by then, so figures are incomplete; wait for its end, or take it back',
    });
  if (rebuilding)
    faults.push({
      code: 'being-rebuilt',
      path: 'parameters',
      message:
        'answers come from read models of an earlier release until they are rebuilt; publish when that is done',
    });
  return faults;
}

/**
 * Decides whether figures may be published: all of them are complete, and none is withheld, for what is told to the
 * public is told to everybody. Of a table, rows that are withheld are left out, in sight.
 * @param table whether the rows of a table are asked for, and not one figure
 * @throws DecisionRefused
 */
export function decidePublication(
  publication: string,
  answer: AnswerToPublish,
  table: boolean,
): PublicationDecision {
  const faults = incompleteFaults(answer);
  const shown = answer.figures.filter(({ value }) => value !== null);
  const withheld = answer.figures.filter(({ value }) => value === null);
  const leftOut = withheld.map(({ label, shown: why }) => ({
    code: 'withheld',
    path: 'parameters',
    message: `“${label}” is not published: ${why}`,
  }));
  if (!table) faults.push(...leftOut);
  if (answer.figures.length === 0 || (table && shown.length === 0))
    faults.push({
      code: 'no-figure',
      path: 'parameters',
      message: table
        ? 'there is no figure in this table'
        : 'there is no such figure; name the row of the table too, or publish the whole table',
    });
  refuseIfAny(faults);
  const { position, parked, importing } = answer;
  const events = shown.map(({ value, ...figure }): DecidedEvent => ({
    type: 'FigurePublished',
    data: {
      ...figure,
      publication,
      // Those without were taken out above.
      value: value ?? '',
      position: String(position),
      completeness: { parked, importing },
    },
  }));
  return { events, warnings: table ? leftOut : [] };
}
