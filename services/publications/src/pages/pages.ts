import { join } from 'node:path';
import type { Page } from '@ledger/http';
import { viewsIn, type Render } from '@ledger/pages';
import type { PublicationParts } from '../parts';
import { publicationPages } from './publication-pages';
import { publishPages } from './publish-pages';

/** Publishing figures, and reading what was published; none of the pages needs a script. */
export function pagesOfPublications(parts: () => PublicationParts): {
  readonly pages: readonly Page[];
  readonly render: Render;
} {
  return {
    pages: [...publishPages(parts), ...publicationPages(parts)],
    render: viewsIn(join(__dirname, '..', '..', 'views')),
  };
}
