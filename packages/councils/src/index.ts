export { controlOn, existsOn, nameOn, type Body, type BodyFact, type Lineage, type Stated } from './body';
export { groupNames, groupOf, unknownGroup, type CouncilGrouping } from './groups';
export { lintRegister, type RegisterFinding } from './lint';
export type { CouncilAt } from './council-at';
export { Register, type Descent } from './register';
export {
  bodyIdOf,
  readBodiesFile,
  readControlFile,
  readRegisterFile,
  registerDataPath,
  RegisterFileError,
  shippedRegister,
  type RegisterFileEvent,
  type RegisterFileFault,
} from './register-file';
export { editDistance } from './edit-distance';
export { BodyMatcher, type Resolution } from './resolve';
