import type { ExpectedState } from './port';

/** The errors of a log; told apart by `code`, which survives two copies of a package. */
export type LogErrorCode =
  | 'WRONG_EXPECTED_STATE'
  | 'CHECK_FAILED'
  | 'COMMAND_KEY_REUSED'
  | 'DUPLICATE_EVENT'
  | 'EVENT_TOO_LARGE'
  | 'APPEND_TOO_LARGE'
  | 'INVALID_APPEND'
  | 'INVALID_CURSOR'
  | 'LOG_LOCKED'
  | 'LOG_FULL'
  | 'LOG_FAILED'
  | 'LOG_CORRUPT'
  | 'LOG_UNREACHABLE'
  | 'LOG_REFUSED'
  | 'LOG_DIFFERS'
  | 'LOG_CLOSED';

export class EventLogError extends Error {
  constructor(
    readonly code: LogErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = 'EventLogError';
  }
}

/** Whether an error is a log's, of a code if one is given. */
export function isLogError(error: unknown, code?: LogErrorCode): error is EventLogError {
  return (
    error instanceof Error &&
    error.name === 'EventLogError' &&
    'code' in error &&
    (code === undefined || error.code === code)
  );
}

function inWords(state: ExpectedState | undefined): string {
  if (state === undefined || state === 'no-stream') return 'no stream';
  return typeof state === 'bigint' ? `revision ${state}` : state;
}

/** A stream was not as the writer expected: someone else wrote first. Read it again and decide anew. */
export class WrongExpectedStateError extends EventLogError {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedState,
    readonly actual: bigint | undefined,
  ) {
    super(
      'WRONG_EXPECTED_STATE',
      `The stream ${stream} is at ${inWords(actual)}, not at ${inWords(expected)} as expected.`,
    );
  }
}

/** A stream that was to be in a state, and is not: for example a year that was closed meanwhile. */
export class CheckFailedError extends EventLogError {
  constructor(
    readonly stream: string,
    readonly expected: ExpectedState,
    readonly actual: bigint | undefined,
  ) {
    super(
      'CHECK_FAILED',
      `The stream ${stream} is at ${inWords(actual)}; the append needs it at ${inWords(expected)}.`,
    );
  }
}

export class CommandKeyReusedError extends EventLogError {
  constructor(readonly scope: string) {
    super(
      'COMMAND_KEY_REUSED',
      `This key was used before for another request of ${scope}. A key names one request for ever: use a new one.`,
    );
  }
}

export class DuplicateEventError extends EventLogError {
  constructor(readonly eventId: string) {
    super('DUPLICATE_EVENT', `An event with the id ${eventId} is in the log already.`);
  }
}

export const eventTooLarge = (eventId: string, bytes: number, limit: number): EventLogError =>
  new EventLogError(
    'EVENT_TOO_LARGE',
    `The event ${eventId} has ${bytes} bytes; at most ${limit} are allowed. Record less in one event.`,
  );

export const appendTooLarge = (what: string, limit: number): EventLogError =>
  new EventLogError(
    'APPEND_TOO_LARGE',
    `One append may hold at most ${limit} ${what}. Send it in several parts.`,
  );

export const invalidAppend = (problem: string): EventLogError => new EventLogError('INVALID_APPEND', problem);

export const logClosed = (): EventLogError => new EventLogError('LOG_CLOSED', 'The log is closed.');
