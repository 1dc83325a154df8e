import type { Route } from '@ledger/http';
import type { PeopleParts } from '../parts';
import { dataSubjectRoutes } from './data-subject-routes';
import { peopleRoutes } from './people-routes';
import { retentionRoutes } from './retention-routes';
import { sessionRoutes } from './session-routes';
import { userRoutes } from './user-routes';

/** Everything about people, over HTTP. */
export function routesAboutPeople(parts: () => PeopleParts): readonly Route[] {
  return [
    ...peopleRoutes(parts),
    ...dataSubjectRoutes(parts),
    ...retentionRoutes(parts),
    ...sessionRoutes(parts),
    ...userRoutes(parts),
  ];
}
