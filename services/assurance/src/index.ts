export { adjustStep } from './application/adjust-step';
export { claimStepNames, nearestClaimStep } from './application/step-names';
export { scanWith } from './application/scanning';
export type { AssuranceParts } from './parts';
export { assurancePages } from './pages/pages';
export { claimCommands, claimRoutes } from './routes/claim-routes';
