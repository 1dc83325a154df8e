import type { Route } from '@ledger/http';
import { adjustmentRoutes } from './adjustment-routes';
import { figureRoutes } from './figure-routes';
import { listRoutes } from './list-routes';
import { periodRoutes } from './period-routes';
import { recordRoutes } from './record-routes';
import type { ReportingParts } from './reporting-parts';
import { tableRoutes } from './table-routes';

/** Questions over HTTP. */
export function reportingRoutes(parts: () => ReportingParts): readonly Route[] {
  return [
    ...tableRoutes(parts),
    ...figureRoutes(parts),
    ...listRoutes(parts),
    ...recordRoutes(parts),
    ...periodRoutes(parts),
    ...adjustmentRoutes(parts),
  ];
}
