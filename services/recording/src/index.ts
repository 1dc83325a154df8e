export type { Command } from './application/command';
export { loadRegister, recordBodyFact } from './application/bodies';
export {
  demonstrationUser,
  demonstrationUsers,
  usualUser,
  type DemonstrationUser,
} from './application/demonstration-users';
export { importRecords, reverseImports } from './application/imports';
export { Recording, type Outcome, type RecordingParts, type RecordName } from './application/recording';
export type { Reference } from './application/reference';
export { documentedBody } from './routes/command-route';
export { recordingRoutes } from './routes/recording-routes';
