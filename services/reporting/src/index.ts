export type { ReportingParts } from './api/reporting-parts';
export { reportingRoutes } from './api/reporting-routes';
export { reportingPages } from './pages/pages';
