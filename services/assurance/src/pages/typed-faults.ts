import { parseFinancialYear, parseSpanText } from '@ledger/calendar';
import { DecisionRefused, type Fault } from '@ledger/domain';
import type { Fields } from '@ledger/http';
import { readPounds } from '@ledger/recording';
import type { StepField } from './step-forms';

/** A field with what is typed into it: how it is read follows from its kind. */
export type TypedField = Pick<StepField, 'name' | 'kind'> & {
  /** Whether an amount may be below nothing, as the effect of a finding is. */
  readonly signed?: boolean;
};

function amountProblem(typed: string, signed: boolean): string | undefined {
  const pence = readPounds(typed);
  if (pence === undefined) return `“${typed}” is no amount; write pounds as 12,500 or 12500.50`;
  if (!signed && pence < 0) return `“${typed}” is below nothing; write the amount without a sign`;
  return undefined;
}

function dayProblem(typed: string): string | undefined {
  const span = parseSpanText(typed);
  if ('problem' in span) return span.problem;
  return span.from === span.to ? undefined : `“${typed}” is no single day; write it as 30 June 2026`;
}

/** What is wrong with what was typed, in the words of the form; undefined where it can be read. */
function problemOf({ kind, signed = false }: TypedField, typed: string): string | undefined {
  switch (kind) {
    case 'pounds':
      return amountProblem(typed, signed);
    case 'percent':
      return readPounds(typed.replace('%', '')) === undefined
        ? `“${typed}” is no share; write per cent as 60 or 33.33`
        : undefined;
    case 'year':
      return parseFinancialYear(typed) === undefined
        ? `“${typed}” is no financial year; write it as 2019/20`
        : undefined;
    case 'day':
      return dayProblem(typed);
    default:
      return undefined;
  }
}

/**
 * Refuses a form of which something cannot be read, each field with what was typed and what is taken; the schema behind
 * it would speak of pence to somebody who typed pounds.
 * @throws DecisionRefused
 */
export function mustBeReadable(fields: readonly TypedField[], form: Fields): void {
  const faults = fields.flatMap((field): Fault[] => {
    const typed = form[field.name];
    const message = typed === undefined ? undefined : problemOf(field, typed.trim());
    return message === undefined ? [] : [{ code: 'unreadable', path: field.name, message }];
  });
  if (faults.length > 0) throw new DecisionRefused(faults);
}
