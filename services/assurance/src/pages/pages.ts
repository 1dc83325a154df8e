import { join } from 'node:path';
import type { Page } from '@ledger/http';
import { viewsIn, type Render } from '@ledger/pages';
import type { AssuranceParts } from '../parts';
import { auditPages } from './audit-pages';
import { claimPages } from './claim-pages';
import { overlapPages } from './overlap-pages';
import { placingPages } from './placing-pages';
import { savingsPages } from './savings-pages';

/** Pages for finance and for teams with claims; none needs a script. */
export function assurancePages(parts: () => AssuranceParts): {
  readonly pages: readonly Page[];
  readonly render: Render;
} {
  return {
    pages: [
      ...claimPages(parts),
      ...placingPages(parts),
      ...overlapPages(parts),
      ...auditPages(parts),
      ...savingsPages(parts),
    ],
    render: viewsIn(join(__dirname, '..', '..', 'views')),
  };
}
