export {
  PostgresDatabase,
  type PostgresOptions,
  type Queryable,
  type SqlParameter,
  type SqlRow,
} from './database';
export { isDiskFull, isDuplicate, isUnavailable, PostgresError } from './errors';
export { migratePostgres, type PostgresMigration } from './migrate';
