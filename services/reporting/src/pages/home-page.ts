import { may } from '@ledger/access';
import type { Page } from '@ledger/http';
import type { ReportingParts } from '../api/reporting-parts';

/** Where everybody comes in: what they may do, and the years there are. */
export function homePage(parts: () => ReportingParts): Page {
  return {
    method: 'get',
    path: '/',
    permission: 'signed-in',
    show: async ({ actor }) => {
      const { queries } = parts();
      const figures = may(actor, 'figures:read');
      return {
        view: 'home',
        context: {
          figures,
          years: figures ? await queries.yearsWithRecords() : [],
          coverage: figures ? await queries.figureCoverage() : null,
        },
      };
    },
  };
}
