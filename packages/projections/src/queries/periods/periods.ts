import { financialYearLabel } from '@ledger/calendar';
import type { PeriodOfYear } from '@ledger/domain';
import { streamOf } from '@ledger/events';
import type { DecodedEvent } from '../../runtime/decoded-event';
import type { AskedAt, ClosedPart, PeriodAnswer, PeriodsAnswer, PeriodStep } from '../answers';
import type { Asking, Ground } from '../asking';
import { readEvents } from '../log-streams';

function closedParts({ closings }: PeriodOfYear): ClosedPart[] {
  return [...closings.values()]
    .map(({ quarter, programme, state, position }) => ({
      quarter,
      programme,
      state,
      position: String(position),
    }))
    .sort(
      (a, b) =>
        (a.quarter ?? 5) - (b.quarter ?? 5) || (a.programme ?? '').localeCompare(b.programme ?? '', 'en-GB'),
    );
}

function stepOf({ position, body, event }: DecodedEvent): PeriodStep | undefined {
  if (event.type !== 'PeriodClosed' && event.type !== 'PeriodReopened') return undefined;
  const { quarter = null, programme = null, noteRef = null } = event.data;
  return {
    position: String(position),
    event: body.id,
    type: event.type,
    recordedAt: body.recordedAt,
    actor: body.actor,
    quarter,
    programme,
    level: event.type === 'PeriodClosed' ? event.data.level : null,
    reason: event.type === 'PeriodReopened' ? event.data.reason : null,
    noteRef,
  };
}

async function answerOf(asking: Asking, ground: Ground, year: number): Promise<PeriodAnswer> {
  const period = ground.periods.get(year);
  const label = financialYearLabel(year);
  if (period === undefined) return { year: label, closed: [], steps: [] };
  const events = await readEvents(asking.log, streamOf('period', String(year)), ground.upTo);
  return {
    year: label,
    closed: closedParts(period),
    steps: events.flatMap((event) => stepOf(event) ?? []),
  };
}

/** Which quarters and years are closed, and every closing and reopening, as recorded by a position. */
export async function periods(asking: Asking, at?: AskedAt): Promise<PeriodsAnswer> {
  const ground = await asking.ground(at);
  const recorded = await asking.lines.yearsWithLines(ground.upTo);
  const years = [...new Set([...recorded, ...ground.periods.keys()])].sort((a, b) => b - a);
  const answers: PeriodAnswer[] = [];
  for (const year of years) answers.push(await answerOf(asking, ground, year));
  return { ...ground.answered, periods: answers };
}
