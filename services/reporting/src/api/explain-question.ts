import type { ExplainQuestion, Viewer } from '@ledger/projections';
import { ProblemError } from '@ledger/http';
import type { z } from 'zod';
import {
  askedAt,
  By,
  GainsBy,
  quarterOf,
  rolesOf,
  takeUpOf,
  yearOf,
  type ExplainParameters,
} from './parameters';

/** The parts of an object that are given. */
function given<T extends Readonly<Record<string, unknown>>>(
  parts: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Leaving out what is undefined changes nothing else about the object.
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}

function missing(name: string): ProblemError {
  return new ProblemError(400, 'INVALID_QUESTION', `The parameter ${name} is missing.`, {
    errors: [{ path: name, message: 'is missing' }],
  });
}

/** What an answer is by, of what its question can be by. @throws ProblemError where it is none of these */
function oneOf<T extends string>({ options }: { readonly options: readonly T[] }, by: string | undefined): T {
  if (by === undefined) throw missing('by');
  const found = options.find((option) => option === by);
  if (found !== undefined) return found;
  const message = `is one of ${options.join(', ')} for this question`;
  throw new ProblemError(400, 'INVALID_QUESTION', `The parameter by ${message}.`, {
    errors: [{ path: 'by', message }],
  });
}

/** The question that the parameters of an address put. @throws ProblemError where a part is missing */
export function explainQuestion(
  query: z.infer<typeof ExplainParameters>,
  today: string,
  viewer: Viewer,
): ExplainQuestion {
  const page = {
    viewer,
    at: askedAt(query.asRecordedBy, today),
    ...given({ limit: query.limit, cursor: query.cursor }),
  };
  const year = yearOf(query.year);
  const { measure, offer, programme, area, realisation, gainType, amountBasis, asAt, referenceDate } = query;
  switch (query.ask) {
    case 'annual-total':
      if (measure === undefined) throw missing('measure');
      return {
        ...page,
        ask: 'annual-total',
        measure,
        year,
        ...given({ offer, programme, asAt, quarter: quarterOf(query.quarter), roles: rolesOf(query.roles) }),
      };
    case 'take-up': {
      const { by, group } = query;
      if (group === undefined) throw missing('group');
      // All councils are one group, whichever way the others are parted.
      const grouping = oneOf(By, by === 'all' ? 'type' : by);
      return {
        ...page,
        ask: 'take-up',
        of: takeUpOf(query),
        year,
        by: grouping,
        group,
        ...given({ referenceDate }),
      };
    }
    case 'savings':
      return {
        ...page,
        ask: 'savings',
        year,
        ...given({ area, offer, realisation, gainType, amountBasis }),
        notApportioned: query.notApportioned === 'true',
      };
    case 'savings-table': {
      const { row, column } = query;
      if (row === undefined) throw missing('row');
      if (column === undefined) throw missing('column');
      return { ...page, ask: 'savings-table', year, by: oneOf(GainsBy, query.by), row, column };
    }
    default: {
      const never: never = query.ask;
      return never;
    }
  }
}
