export { ArrayStatement, Database, openDatabase, PreparedStatement, type DatabaseOptions } from './database';
export type { SqlValue } from './driver';
export {
  isBusy,
  isCorrupt,
  isFailing,
  isFull,
  isReadOnly,
  isUnique,
  NewerSchemaError,
  SqliteError,
} from './errors';
export { migrate, type Migration } from './migrate';
export { WriteBack } from './write-back';
