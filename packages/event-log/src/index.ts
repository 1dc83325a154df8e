export {
  CheckFailedError,
  CommandKeyReusedError,
  DuplicateEventError,
  EventLogError,
  isLogError,
  WrongExpectedStateError,
  type LogErrorCode,
} from './errors';
export { copyLog, type Copied, type CopyStep } from './copying/copy-log';
export type { CopyTarget } from './copying/copy-target';
export { KurrentDbEventLog } from './kurrentdb/kurrentdb-event-log';
export { KurrentDbLogCopy } from './kurrentdb/kurrentdb-log-copy';
export { SqliteLogCopy } from './sqlite/sqlite-log-copy';
export { recordOfLedger } from './ledger-event';
export { readLogAddress, type LogAddress } from './log-address';
export { MemoryEventLog } from './memory/memory-event-log';
export { followLog, openLog, type FollowedLog, type OpenLogOptions } from './open-log';
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
  PageRequest,
  RecordedEvent,
  StreamCheck,
  StreamWrite,
} from './port';
export { FollowedSqliteLog } from './sqlite/followed-sqlite-log';
export { SqliteEventLog } from './sqlite/sqlite-event-log';
export { SqliteLogReader, type LogShare, type ScannedEvent } from './sqlite/sqlite-log-reader';
