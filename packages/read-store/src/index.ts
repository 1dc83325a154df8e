export { MemoryReadStore } from './memory/memory-read-store';
export { MemoryTopicStore } from './memory/memory-topic-store';
export {
  CheckpointMovedError,
  type Dictionary,
  type FactRow,
  type ParkedEvent,
  type ReadSheet,
  type ReadStore,
  type Segment,
  type SegmentHead,
  type WriteTransaction,
} from './port';
export { PostgresReadStore } from './postgres/postgres-read-store';
export { SqliteReadStore } from './sqlite/sqlite-read-store';
export { MemoryShelf } from './shelf/memory-shelf';
export type { Draft, Shelf } from './shelf/shelf';
export { PostgresShelf, type SharedDraft } from './shelf/postgres-shelf';
export { SqliteShelf } from './shelf/sqlite-shelf';
export type {
  KeptEvent,
  PartitionStanding,
  ReadingStep,
  TopicReadStore,
  TopicSource,
  TopicTransaction,
} from './topic-store';
