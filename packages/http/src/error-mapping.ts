import { ProblemError, type ProblemFault } from './problem';

/** The HTTP status of each error code of the product, in this one place. */
const statuses: Readonly<Record<string, number>> = {
  REFUSED: 422,
  NOT_YOUR_PROGRAMME: 403,
  INVALID_PERSON: 422,
  EMAIL_TAKEN: 409,
  LEGAL_HOLD: 409,
  UNKNOWN_PERSON: 404,
  WEAK_PASSWORD: 422,
  TOO_MANY_ATTEMPTS: 429,
  INVALID_TOKEN: 401,
  SIGN_IN_FAILED: 401,
  EVIDENCE_REFUSED: 422,
  EVIDENCE_NOT_SCANNED: 503,
  NOT_CANONICAL: 422,
  REVISION_CONFLICT: 412,
  COMMAND_KEY_REUSED: 409,
  DUPLICATE_EVENT: 409,
  WRONG_EXPECTED_STATE: 409,
  CHECK_FAILED: 409,
  EVENT_TOO_LARGE: 413,
  APPEND_TOO_LARGE: 413,
  INVALID_APPEND: 422,
  INVALID_CURSOR: 400,
  REBUILD_RUNNING: 409,
  RECORD_PARKED: 409,
  NOT_APPLIED_YET: 503,
  READ_MODELS_MISSING: 503,
  POSTGRES_UNAVAILABLE: 503,
  UNREADABLE_EVENT: 409,
  DAMAGED_BODY: 500,
  CANNOT_SEAL: 409,
  UNKNOWN_STREAM: 404,
  DISK_FULL: 503,
  LOG_FULL: 503,
  LOG_FAILED: 503,
  LOG_UNREACHABLE: 503,
  LOG_REFUSED: 503,
  LOG_CLOSED: 503,
  REGISTER_FILE_INVALID: 422,
  UNREADABLE_WORKBOOK: 422,
  IMPORT_BROKEN_OFF: 503,
  UNKNOWN_MEASURE: 404,
  UNKNOWN_OFFER: 404,
  UNKNOWN_PROGRAMME: 404,
  UNKNOWN_GROUP: 404,
  NOT_RECORDED_YET: 400,
  INVALID_QUESTION: 400,
  WITHHELD: 403,
  UNLIKE_MEASURES: 422,
};

function member(error: object, name: string): unknown {
  return name in error ? Reflect.get(error, name) : undefined;
}

function faultsOf(error: object): ProblemFault[] {
  const faults = member(error, 'faults');
  if (Array.isArray(faults))
    // Faults of the product all have a path or a row, and a message.
    return faults.map(
      (fault: { code?: string; path?: string; row?: number; column?: string; message: string }) => ({
        ...(fault.code !== undefined && { code: fault.code }),
        path: fault.path ?? `row ${fault.row}, ${fault.column}`,
        message: fault.message,
      }),
    );
  const path = member(error, 'path');
  return typeof path === 'string' && path !== '' && error instanceof Error
    ? [{ path, message: error.message }]
    : [];
}

/** When to come again, where that helps. */
function headersOf(status: number, error: object): Record<string, string> {
  const seconds = member(error, 'retryAfterSeconds');
  if (typeof seconds === 'number') return { 'Retry-After': String(seconds) };
  return status === 503 ? { 'Retry-After': '5' } : {};
}

/** Turns an error of the product, or of reading a request, into a problem; undefined for a defect of the server. */
export function asProblem(error: unknown): ProblemError | undefined {
  if (error instanceof ProblemError) return error;
  if (typeof error !== 'object' || error === null) return undefined;
  const message = error instanceof Error ? error.message : '';
  // What Express's body reader throws.
  const type = member(error, 'type');
  if (type === 'entity.parse.failed')
    return new ProblemError(
      400,
      'INVALID_JSON',
      `The body is no JSON (${message}). Check quotes, commas and brackets.`,
    );
  if (type === 'entity.too.large')
    return new ProblemError(
      413,
      'BODY_TOO_LARGE',
      'The body is larger than is taken: 5 MB, of a file 40 MB. Send it in several parts, or records as a CSV file or workbook to /api/import-files.',
    );
  if (type === 'request.aborted')
    return new ProblemError(400, 'REQUEST_CUT_OFF', 'The request ended before its body did; send it again.');
  if (type === 'parameters.too.many')
    return new ProblemError(413, 'BODY_TOO_LARGE', 'The form has too many fields. Send it in several parts.');
  if (type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new ProblemError(415, 'UNSUPPORTED_ENCODING', 'Send JSON in UTF-8, not compressed.');
  if (error instanceof URIError)
    return new ProblemError(400, 'INVALID_ADDRESS', 'The address holds a % that is no escape.');
  const code = member(error, 'code');
  const status = typeof code === 'string' ? statuses[code] : undefined;
  if (typeof code !== 'string' || status === undefined) return undefined;
  const errors = faultsOf(error);
  const detail =
    code === 'REFUSED' && errors.length > 1
      ? `${errors.length} things are wrong; nothing was recorded.`
      : message;
  return new ProblemError(status, code, detail, {
    errors,
    headers: headersOf(status, error),
  });
}
