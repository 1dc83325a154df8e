/** Classes and codes of SQLSTATE by which the server says that it cannot serve now. */
const unavailableStates = /^(08...|57P0[1-4]|53[03]00|25P03)$/;
/** What sockets say where the server cannot be reached. */
const unreachable = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
]);
/** What the driver says of a connection that is over, without a code. */
const connectionOver = /connection (terminated|is closed)|timeout|not queryable|connection error/i;

const diskFull = '53100';
/** An error within the server, by its own account. */
const internal = 'XX000';
const unique = '23505';

const unavailableInWords =
  'The database cannot be reached or does not serve now, so this was not done. See that it runs, and try again.';
const fullInWords = 'The disk of the database is full, so this was not done. Make room and try again.';

/** An error of PostgreSQL or of the way to it. Its message never holds the address, which holds a password. */
export class PostgresError extends Error {
  readonly code: 'POSTGRES_UNAVAILABLE' | 'DISK_FULL' | 'POSTGRES';
  constructor(
    message: string,
    /** SQLSTATE, five characters; undefined where the server said nothing. */
    readonly sqlState: string | undefined,
    code: PostgresError['code'],
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'PostgresError';
    this.code = code;
  }
}

/** An address that cannot be one of a PostgreSQL database. */
export class PostgresAddressError extends Error {
  readonly code = 'POSTGRES_ADDRESS';
  constructor(why: string) {
    super(`The address of the database ${why}; write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE.`);
    this.name = 'PostgresAddressError';
  }
}

/** A database whose characters are not those of the ledger. */
export class PostgresEncodingError extends Error {
  readonly code = 'POSTGRES_ENCODING';
  constructor(encoding: string) {
    super(
      `The database holds text in ${encoding}; the ledger needs UTF8. Make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0.`,
    );
    this.name = 'PostgresEncodingError';
  }
}

/** A schema made by a newer release: this one does not touch it. */
export class NewerPostgresSchemaError extends Error {
  readonly code = 'NEWER_SCHEMA';
  constructor(
    readonly schema: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `The schema ${schema} of the database has version ${found}; this release knows versions up to ${known}. Use the release that made it, or a newer one.`,
    );
    this.name = 'NewerPostgresSchemaError';
  }
}

/** The server cannot be reached, is stopping or starting, or has no connection left: later it may. */
export const isUnavailable = (error: unknown): boolean =>
  error instanceof PostgresError && error.code === 'POSTGRES_UNAVAILABLE';
/** No room on the server's disk. */
export const isDiskFull = (error: unknown): boolean =>
  error instanceof PostgresError && error.code === 'DISK_FULL';
/** A UNIQUE or PRIMARY KEY constraint, and no other constraint. */
export const isDuplicate = (error: unknown): boolean =>
  error instanceof PostgresError && error.sqlState === unique;

/** Wraps what the driver threw; told by its members, since it may come from another realm (a test runner's). */
export function asPostgresError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null) return error;
  const { code, severity, message, errors } = error as Readonly<Record<string, unknown>>;
  // Only what the server sent has a severity.
  if (typeof code === 'string' && severity !== undefined)
    return ofServer({ message: String(message), state: code, severity }, error);
  const codes = [code, ...(Array.isArray(errors) ? errors.map(codeOf) : [])];
  if (codes.some((one) => typeof one === 'string' && unreachable.has(one)) || isOver(error, message))
    return new PostgresError(unavailableInWords, undefined, 'POSTGRES_UNAVAILABLE', { cause: error });
  return error;
}

function ofServer(
  { message, state, severity }: { message: string; state: string; severity: unknown },
  cause: object,
): PostgresError {
  if (state === diskFull) return new PostgresError(fullInWords, state, 'DISK_FULL', { cause });
  // A session that cannot begin on a full disk is ended like this, without a word of the disk.
  if (unavailableStates.test(state) || (state === internal && severity === 'FATAL'))
    return new PostgresError(unavailableInWords, state, 'POSTGRES_UNAVAILABLE', { cause });
  return new PostgresError(message, state, 'POSTGRES', { cause });
}

/** Several addresses of one host fail with an error each. */
function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function isOver(error: object, message: unknown): boolean {
  return 'name' in error && error.name === 'Error' && connectionOver.test(String(message));
}
