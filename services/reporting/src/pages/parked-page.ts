import type { Page } from '@ledger/http';
import type { ReportingParts } from '../api/reporting-parts';

/** What is parked, why, and what to do about it. */
export function parkedPage(parts: () => ReportingParts): Page {
  return {
    method: 'get',
    path: '/parked',
    permission: 'ledger:check',
    show: async () => ({ view: 'parked', context: { parked: await parts().parkedEvents() } }),
  };
}
