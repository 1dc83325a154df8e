import { may } from '@ledger/access';
import { parseFinancialYear } from '@ledger/calendar';
import type { Page } from '@ledger/http';
import { askedAt } from '../api/parameters';
import { toldPeriods } from '../api/period-routes';
import type { ReportingParts } from '../api/reporting-parts';
import { check, Recorded } from './asked-page';

/** Which quarters and years are closed, and how that came about. */
export function periodPages(parts: () => ReportingParts): readonly Page[] {
  return [
    {
      method: 'get',
      path: '/periods',
      permission: 'figures:read',
      show: async ({ query, actor }) => {
        const found = parts();
        const { asRecordedBy } = check(Recorded, query);
        if (query['after'] !== undefined) await found.whenApplied(query['after']);
        const answer = await toldPeriods(
          found,
          await found.queries.periods(askedAt(asRecordedBy, found.today())),
        );
        return {
          view: 'periods',
          context: {
            answer,
            periods: answer.periods.map((period) => ({ ...period, id: parseFinancialYear(period.year) })),
            mayRead: may(actor, 'records:read'),
            mayClose: may(actor, 'periods:close'),
          },
        };
      },
    },
  ];
}
