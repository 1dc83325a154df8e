export type { ReportingParts } from './api/reporting-parts';
export { reportingRoutes } from './api/reporting-routes';
export { pageRoutes } from './pages/pages';
