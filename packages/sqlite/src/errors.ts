/** Primary result codes. */
const codes = {
  readOnly: 8,
  busy: 5,
  locked: 6,
  ioError: 10,
  corrupt: 11,
  full: 13,
  cannotOpen: 14,
  notADatabase: 26,
};

/** Users see this where nothing nearer to what they did says it. */
const fullInWords =
  'The disk of the ledger is full or failing, so this was not done. Make room and try again.';

/** An error of SQLite with its extended result code, which tells what happened where the message does not. */
export class SqliteError extends Error {
  readonly code: 'DISK_FULL' | 'SQLITE';
  constructor(
    message: string,
    /** SQLite's extended result code, for example 2067 for a broken UNIQUE; the low byte is the primary code. */
    readonly extendedCode: number,
    options?: ErrorOptions,
  ) {
    const full = [codes.full, codes.ioError].includes(extendedCode & 0xff);
    super(full ? fullInWords : message, options);
    this.name = 'SqliteError';
    this.code = full ? 'DISK_FULL' : 'SQLITE';
  }

  /** The primary result code: 5 busy, 13 full, 19 constraint … */
  get primaryCode(): number {
    return this.extendedCode & 0xff;
  }
}

/** A file written by a newer release: this one does not touch it. */
export class NewerSchemaError extends Error {
  readonly code = 'NEWER_SCHEMA';
  constructor(
    readonly file: string,
    readonly found: number,
    readonly known: number,
  ) {
    super(
      `${file} has schema version ${found}; this release knows versions up to ${known}. Use the release that wrote it, or a newer one.`,
    );
    this.name = 'NewerSchemaError';
  }
}

function primary(error: unknown): number | undefined {
  return error instanceof SqliteError ? error.primaryCode : undefined;
}

export const isBusy = (error: unknown): boolean =>
  primary(error) === codes.busy || primary(error) === codes.locked;
/** No room on the disk, or a failing one. */
export const isFull = (error: unknown): boolean => primary(error) === codes.full || isFailing(error);
/** The disk failed to read, write or synchronise. Of a commit that fails so, nobody knows what reached the disk. */
export const isFailing = (error: unknown): boolean => primary(error) === codes.ioError;
export const isCorrupt = (error: unknown): boolean =>
  primary(error) === codes.corrupt || primary(error) === codes.notADatabase;
export const isReadOnly = (error: unknown): boolean =>
  primary(error) === codes.readOnly || primary(error) === codes.cannotOpen;
/** A UNIQUE or PRIMARY KEY constraint, and no other constraint. */
export const isUnique = (error: unknown): boolean =>
  error instanceof SqliteError && [1555, 2067, 2579].includes(error.extendedCode);

/** Wraps what a driver threw; told by its members, since it may come from another realm (a test runner's). */
export function asSqliteError(error: unknown): unknown {
  if (typeof error !== 'object' || error === null || error instanceof SqliteError) return error;
  const { errcode, sqliteExtendedCode, message } = error as Readonly<Record<string, unknown>>;
  const code = sqliteExtendedCode ?? errcode;
  return typeof code === 'number' ? new SqliteError(String(message), code, { cause: error }) : error;
}
