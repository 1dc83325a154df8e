export { LogFollower, type WhenToRetry } from './runtime/follower';
export { Projector } from './runtime/projector';
export {
  PartitionFold,
  type BeginFolding,
  type PartitionFolding,
  type StepEvent,
  type StepHistory,
} from './runtime/partition-fold';
export {
  PartitionProjector,
  type PartitionProjectorParts,
  type ReadOfPartition,
} from './runtime/partition-projector';
export { eventsBefore, eventsOfEach, historyFromLog, type StreamHistory } from './runtime/stream-history';
export { createQueries } from './queries/create-queries';
export * from './queries/answers';
export {
  citedKey,
  saidBesides,
  type CitedFigure,
  type CitedTable,
  type CitedTableQuestion,
} from './queries/citations/cited-figure';
export { publishedPence } from './queries/citations/savings-table-figures';
export { theFigure } from './queries/citations/cited-figures';
export type * from './queries/claims/claim-answers';
export type * from './queries/figures/figure-check-answers';
export * from './queries/savings-tables/gains-table-answers';
export { FiguresAgain } from './queries/publications/figures-again';
export type * from './queries/publications/publication-answers';
export type { PublishedFact } from './queries/publications/published-facts';
export { QuestionRefusedError } from './queries/asking';
export { ReferenceData } from './queries/reference-data';
export { AlikeTitles } from './queries/records/alike-titles';
export { checkReadModels, type CheckResult } from './checking/check-read-models';
export { seesEverything, thePublic, type Viewer } from './queries/viewer';
export { checkRollUps } from './checking/check-roll-ups';
export { fingerprint, postedLines, type PostedLine } from './rebuild/fingerprint';
export type { PastAnswers, Question } from './rebuild/past-answers';
export { ReadModels, RebuildRunningError } from './rebuild/read-models';
export { ReadModelsMissingError, SharedReadModels } from './rebuild/shared-read-models';
export type {
  ParkedEvent,
  ReadModelsParts,
  RebuildProgress,
  RebuildResult,
} from './rebuild/read-models-parts';
export type { FoldedShare, FoldHelper, Stretch } from './rebuild/folded-ahead';
export { rebuild, type RebuildTarget, type Stretches } from './rebuild/rebuild';
export { rebuildHere } from './rebuild/rebuild-here';
export type { OrderedDraft, Rebuilder, RebuildOrder } from './rebuild/rebuilder';
export { EventFold, type FoldedChunk, type FoldTarget } from './runtime/event-fold';
export {
  isOfNewerRelease,
  labelOfBoth,
  projections,
  projectionVersions,
  together,
  type Projection,
} from './runtime/projection';
export type { ReadEvent } from './runtime/decoded-event';
export type { ProjectedStores } from './runtime/projected-stores';
