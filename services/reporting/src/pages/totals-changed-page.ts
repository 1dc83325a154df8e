import type { Page } from '@ledger/http';
import { z } from 'zod';
import { asked } from '../api/parameters';
import type { ReportingParts } from '../api/reporting-parts';
import { check } from './asked-page';
import { changedByYear } from './changed-totals';

const Position = z.string().regex(/^[1-9]\d{0,14}$/, 'must be a position, such as 1204');
const Between = z.object({ from: Position, to: Position, after: asked.after });

/** What the events of a stretch of the log changed in the totals of every year: an import, or its reversal. */
export function totalsChangedPage(parts: () => ReportingParts): Page {
  return {
    method: 'get',
    path: '/totals-changed',
    permission: 'figures:read',
    show: async ({ query }) => {
      const { from, to, after } = check(Between, query);
      const found = parts();
      if (after !== undefined) await found.whenApplied(after);
      const years = await changedByYear(found, BigInt(from), BigInt(to));
      return { view: 'totals-changed', context: { from, to, years } };
    },
  };
}
