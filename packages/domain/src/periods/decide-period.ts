import { financialYearSpan, isFinancialYear, quarterSpan } from '@ledger/calendar';
import type { DecidedEvent } from '../deciders/decision';
import type { Why } from '../deciders/change';
import { DecisionRefused, refuseIfAny, type Fault } from '../deciders/refusal';
import { stateOf, type PeriodOfYear, type PeriodPart, type PeriodState } from './period-of-year';
import { partInWords } from './period-words';

type NoteRef = NonNullable<Why['noteRef']>;

/** What somebody who closes periods may ask for. There is no command that forces anything. */
export type PeriodCommand =
  | {
      readonly step: 'close-provisionally' | 'close-finally';
      readonly part: PeriodPart;
      readonly noteRef?: NoteRef;
    }
  | ({ readonly step: 'reopen'; readonly part: PeriodPart } & Why);

export type PeriodStep = PeriodCommand['step'];

/** What deciding on a period may ask. */
export interface PeriodContext {
  /** The London date of recording. */
  readonly today: string;
  /** The offers of a programme; undefined where there is no such programme. */
  readonly offersOf: (programme: string) => readonly string[] | undefined;
}

const finalStands =
  'is finally closed and stays so; what must change is proposed as an adjustment, which a second person approves';

/** From each state by each step: the next state, or why not. */
export const periodTransitions: Readonly<
  Record<
    PeriodState,
    Readonly<Record<PeriodStep, { readonly to: PeriodState } | { readonly refused: string }>>
  >
> = {
  open: {
    'close-provisionally': { to: 'provisional' },
    'close-finally': { refused: 'is open; close it provisionally first, so that it can be looked at' },
    reopen: { refused: 'is open already' },
  },
  provisional: {
    'close-provisionally': { refused: 'is provisionally closed already' },
    'close-finally': { to: 'final' },
    reopen: { to: 'open' },
  },
  final: {
    'close-provisionally': { refused: finalStands },
    'close-finally': { refused: 'is finally closed already' },
    reopen: { refused: finalStands },
  },
};

function partFaults(year: number, { quarter, programme }: PeriodPart, context: PeriodContext): Fault[] {
  const faults: Fault[] = [];
  const { to } = quarter === null ? financialYearSpan(year) : quarterSpan(year, quarter);
  if (to >= context.today)
    faults.push({
      code: 'period-ended',
      path: quarter === null ? 'year' : 'quarter',
      message: `it ends on ${to}; what has not ended yet is not closed`,
    });
  if (programme !== null && context.offersOf(programme) === undefined)
    faults.push({
      code: 'programme-declared',
      path: 'programme',
      message: `there is no programme “${programme}”; choose one of the catalogue, or leave it out for all`,
    });
  return faults;
}

function eventOf(command: PeriodCommand, context: PeriodContext): DecidedEvent {
  const { quarter, programme } = command.part;
  const part = { ...(quarter !== null && { quarter }), ...(programme !== null && { programme }) };
  const note = command.noteRef !== undefined && { noteRef: command.noteRef };
  if (command.step === 'reopen')
    return { type: 'PeriodReopened', data: { ...part, reason: command.reason, ...note } };
  const offers = programme === null ? undefined : context.offersOf(programme);
  const level = command.step === 'close-finally' ? 'final' : 'provisional';
  return {
    type: 'PeriodClosed',
    data: { level, ...part, ...(offers !== undefined && { offers: [...offers] }), ...note },
  };
}

/** Decides on closing or reopening a part of a year. @throws DecisionRefused */
export function decidePeriod(
  period: PeriodOfYear,
  command: PeriodCommand,
  context: PeriodContext,
): readonly DecidedEvent[] {
  if (!isFinancialYear(period.year))
    throw new DecisionRefused([
      {
        code: 'financial-year',
        path: 'year',
        message: `${period.year} is no financial year; 2016/17 is written 201617`,
      },
    ]);
  refuseIfAny(partFaults(period.year, command.part, context));
  const transition = periodTransitions[stateOf(period, command.part)][command.step];
  if ('refused' in transition)
    throw new DecisionRefused([
      {
        code: 'period-state',
        path: 'year',
        message: `${partInWords(period.year, command.part)} ${transition.refused}`,
      },
    ]);
  return [eventOf(command, context)];
}
