export { scanWith } from './application/scanning';
export type { AssuranceParts } from './parts';
export { claimCommands, claimRoutes } from './routes/claim-routes';
