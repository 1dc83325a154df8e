export { sessionLimits, type Account, type AccountChange, type AccountStore } from './accounts/account-store';
export { checkPassword, hashPassword, passwordMatches, WeakPasswordError } from './accounts/password';
export {
  PostgresAccountStore,
  type PostgresAccountOptions,
} from './accounts/postgres/postgres-account-store';
export { SqliteAccountStore } from './accounts/sqlite/sqlite-account-store';
export { appendLine } from './audit/append-line';
export { AuditFile, type AuditEntry } from './audit/audit-file';
export {
  editorProgrammes,
  hasRole,
  may,
  programmesFor,
  type Actor,
  type Grant,
  type Programmes,
} from './roles/actor';
export { permissions, type Permission } from './roles/permissions';
export { isUserRole, roleMatrix, roleMeanings, userRoles, type UserRole } from './roles/user-roles';
export { SignInAttempts, TooManyAttemptsError } from './sign-in/attempts';
export { BearerTokens, InvalidTokenError } from './sign-in/bearer';
export { OidcSignIn, SignInFailedError, type OidcAttempt, type OidcSettings } from './sign-in/oidc';
