export { LogFollower } from './runtime/follower';
export { Projector } from './runtime/projector';
export { historyFromLog, type StreamHistory } from './runtime/stream-history';
export { createQueries } from './queries/create-queries';
export * from './queries/answers';
export { QuestionRefusedError } from './queries/asking';
export { ReferenceData } from './queries/reference-data';
export { checkReadModels, type CheckResult } from './checking/check-read-models';
export { checkRollUps } from './checking/check-roll-ups';
