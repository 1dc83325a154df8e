import { join } from 'node:path';
import type { Page } from '@ledger/http';
import { viewsIn, type Render } from '@ledger/pages';
import type { ReportingParts } from '../api/reporting-parts';
import { adjustmentPages } from './adjustment-pages';
import { homePage } from './home-page';
import { parkedPage } from './parked-page';
import { periodPages } from './period-pages';
import { questionPages } from './question-pages';
import { recordPages } from './record-pages';
import { totalsChangedPage } from './totals-changed-page';

/** Server-rendered pages that ask and show. No script is needed. */
export function reportingPages(parts: () => ReportingParts): {
  readonly pages: readonly Page[];
  readonly render: Render;
} {
  return {
    pages: [
      homePage(parts),
      ...questionPages(parts),
      ...recordPages(parts),
      ...periodPages(parts),
      totalsChangedPage(parts),
      parkedPage(parts),
      ...adjustmentPages(parts),
    ],
    render: viewsIn(join(__dirname, '..', '..', 'views')),
  };
}
