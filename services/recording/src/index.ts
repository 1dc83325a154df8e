export type { Command } from './application/command';
export { loadRegister, recordBodyFact } from './application/bodies';
export {
  demonstrationUser,
  demonstrationUsers,
  usualUser,
  type DemonstrationUser,
} from './application/demonstration-users';
export { importRecords, reverseImports } from './application/imports';
export {
  Recording,
  RevisionConflict,
  type Outcome,
  type RecordingParts,
  type RecordName,
} from './application/recording';
export type { Reference } from './application/reference';
export { documentedBody, recordingRoutes } from './routes/recording-routes';
