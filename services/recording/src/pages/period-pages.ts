import { randomUUID } from 'node:crypto';
import { financialYearLabel, parseFinancialYear } from '@ledger/calendar';
import { DecisionRefused } from '@ledger/domain';
import {
  ProblemError,
  upperFirst,
  type Fields,
  type Page,
  type PageAnswer,
  type PageCall,
} from '@ledger/http';
import type { Command } from '../application/command';
import type { Outcome } from '../application/outcome';
import { closePeriod, reopenPeriod } from '../application/periods';
import type { Recording } from '../application/recording';
import { commandOfForm, reasonsToChoose, type RecordingPagesParts } from './parts';

/** Closing or reopening, as a page asks for it. */
interface PeriodForm {
  readonly slug: 'close' | 'reopen';
  readonly button: string;
  readonly run: (recording: Recording, year: number, command: Command) => Promise<Outcome>;
  /** What the fields of the form ask for beside the part of the year. */
  readonly request: (form: Fields) => Readonly<Record<string, unknown>>;
}

const forms: readonly PeriodForm[] = [
  { slug: 'close', button: 'Close', run: closePeriod, request: ({ level }) => ({ level }) },
  { slug: 'reopen', button: 'Reopen', run: reopenPeriod, request: ({ reason }) => ({ reason }) },
];

function yearOf({ params }: PageCall): number {
  const year = parseFinancialYear(params['year'] ?? '');
  if (year === undefined)
    throw new ProblemError(404, 'UNKNOWN_PAGE', 'There is no such year; years are under /periods.');
  return year;
}

function requestOf(declared: PeriodForm, form: Fields): unknown {
  const { quarter, programme, note } = form;
  return {
    ...declared.request(form),
    ...(quarter !== undefined && { quarter: Number(quarter) }),
    ...(programme !== undefined && { programme }),
    ...(note !== undefined && { note }),
  };
}

const fieldNames = new Set(['level', 'quarter', 'programme', 'reason', 'note']);

function asErrors(
  error: DecisionRefused,
): readonly { readonly text: string; readonly field: string | null }[] {
  return error.faults.map(({ code, path, message }) => {
    if (path === 'level' && code !== 'period-state')
      return { text: 'Choose how to close it', field: 'level' };
    if (path === 'reason') return { text: 'Choose a reason', field: 'reason' };
    return { text: upperFirst(message), field: fieldNames.has(path) ? path : null };
  });
}

/** Closing a quarter or year, and taking a provisional closing back. */
export function periodPages(parts: () => RecordingPagesParts): readonly Page[] {
  const show = async (
    declared: PeriodForm,
    call: PageCall,
    errors: ReturnType<typeof asErrors>,
  ): Promise<PageAnswer> => {
    const { catalogue } = await parts().recording.parts.reference();
    return {
      view: 'period-change',
      context: {
        form: declared,
        year: financialYearLabel(yearOf(call)),
        programmes: [...catalogue.programmes.values()].map(({ id, label }) => ({ id, label })),
        reasons: reasonsToChoose,
        errors,
        values: { key: randomUUID(), ...call.form },
      },
      ...(errors.length > 0 && { status: 422 }),
    };
  };
  return forms.flatMap((declared): Page[] => [
    {
      method: 'get',
      path: `/periods/{year}/${declared.slug}`,
      permission: 'periods:close',
      show: (call) => show(declared, call, []),
    },
    {
      method: 'post',
      path: `/periods/{year}/${declared.slug}`,
      permission: 'periods:close',
      show: async (call) => {
        const command = commandOfForm(call.actor, call.form, requestOf(declared, call.form));
        try {
          const { cursor } = await declared.run(parts().recording, yearOf(call), command);
          return { redirect: `/periods${cursor === null ? '' : `?after=${encodeURIComponent(cursor)}`}` };
        } catch (error) {
          if (!(error instanceof DecisionRefused)) throw error;
          return show(declared, call, asErrors(error));
        }
      },
    },
  ]);
}
