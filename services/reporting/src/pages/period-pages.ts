import { may } from '@ledger/access';
import { parseFinancialYear } from '@ledger/calendar';
import { partInWords } from '@ledger/domain';
import type { Page } from '@ledger/http';
import { z } from 'zod';
import { askedAt, Year, yearOf } from '../api/parameters';
import { ChangesOf, changesOf, toldPeriods } from '../api/period-routes';
import type { ReportingParts } from '../api/reporting-parts';
import { address, check, Recorded } from './asked-page';

const Changes = z.object({ year: Year, ...ChangesOf.shape });

/** Which quarters and years are closed, how that came about, and what changed after it. */
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
    {
      method: 'get',
      path: '/periods/{year}/changes',
      permission: 'figures:read',
      show: async ({ params, query }) => {
        const found = parts();
        const { asRecordedBy } = check(Recorded, query);
        const { year, ...part } = check(Changes, { ...params, ...query });
        const answer = await found.queries.changesAfterClose({
          year: yearOf(year),
          ...changesOf(part),
          at: askedAt(asRecordedBy, found.today()),
        });
        const path = `/periods/${yearOf(year)}/changes`;
        const changes = await Promise.all(
          answer.changes.map(async (change) => ({ ...change, by: await found.nameOf(change.actor) })),
        );
        return {
          view: 'changes-after-close',
          context: {
            answer,
            part: partInWords(yearOf(year), { quarter: answer.quarter, programme: answer.programme }),
            changes,
            csv: address(`/api${path}`, { ...query, format: 'csv' }),
            next: answer.next === null ? null : address(path, { ...query, cursor: answer.next }),
          },
        };
      },
    },
  ];
}
