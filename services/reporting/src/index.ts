export { reportingRoutes, type ReportingParts } from './api/reporting-routes';
export { pageRoutes } from './pages/pages';
