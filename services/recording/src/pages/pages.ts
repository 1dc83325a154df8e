import { join } from 'node:path';
import type { Page } from '@ledger/http';
import { viewsIn, type Render } from '@ledger/pages';
import { adjustmentPages } from './adjustment-pages';
import { approvalPages } from './approval-pages';
import { changePages } from './change-pages';
import { correctPages } from './correct-pages';
import { importPages } from './import-pages';
import type { RecordingPagesParts } from './parts';
import { periodPages } from './period-pages';
import { recordingPages } from './recording-pages';

/** Pages that record and change, without a script and better with one. */
export function formPages(parts: () => RecordingPagesParts): {
  readonly pages: readonly Page[];
  readonly render: Render;
} {
  return {
    pages: [
      ...recordingPages(parts),
      ...correctPages(parts),
      ...changePages(parts),
      ...approvalPages(parts),
      ...periodPages(parts),
      ...adjustmentPages(parts),
      ...importPages(parts),
    ],
    render: viewsIn(join(__dirname, '..', '..', 'views')),
  };
}
