export { MemoryReadStore } from './memory/memory-read-store';
export {
  CheckpointMovedError,
  type Dictionary,
  type FactRow,
  type ParkedEvent,
  type ReadStore,
  type Segment,
  type SegmentHead,
  type WriteTransaction,
} from './port';
export { SqliteReadStore } from './sqlite/sqlite-read-store';
