export {
  CheckFailedError,
  CommandKeyReusedError,
  DuplicateEventError,
  EventLogError,
  isLogError,
  WrongExpectedStateError,
  type LogErrorCode,
} from './errors';
export { KurrentDbEventLog, type KurrentDbOptions } from './kurrentdb/kurrentdb-event-log';
export { recordOfLedger } from './ledger-event';
export { MemoryEventLog } from './memory/memory-event-log';
export type {
  AppendCommand,
  AppendedEvent,
  AppendRequest,
  AppendResult,
  CaughtUp,
  Clock,
  EventLog,
  ExpectedState,
  LogLimits,
  NewEvent,
  ReadableLog,
  ReadOptions,
  RecordedEvent,
  StreamCheck,
  StreamWrite,
} from './port';
export { FollowedSqliteLog } from './sqlite/followed-sqlite-log';
export { SqliteEventLog } from './sqlite/sqlite-event-log';
export { SqliteLogReader, type LogShare, type ScannedEvent } from './sqlite/sqlite-log-reader';
