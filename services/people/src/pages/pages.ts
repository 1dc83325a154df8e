import { join } from 'node:path';
import type { Page } from '@ledger/http';
import { viewsIn, type Render } from '@ledger/pages';
import type { PeopleParts } from '../parts';
import { peoplePages } from './people-pages';
import { retentionPages } from './retention-pages';
import { signInPages } from './sign-in-pages';
import { userPages } from './user-pages';

/** Pages about people: signing in, users, the vault, the audit file. */
export function pagesAboutPeople(parts: () => PeopleParts): {
  readonly pages: readonly Page[];
  readonly render: Render;
} {
  return {
    pages: [...signInPages(parts), ...userPages(parts), ...peoplePages(parts), ...retentionPages(parts)],
    render: viewsIn(join(__dirname, '..', '..', 'views')),
  };
}
