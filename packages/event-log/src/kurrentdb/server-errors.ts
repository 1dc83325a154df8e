import { EventLogError } from '../errors';

/** What an error of the client comes to. */
type SortOfError = 'conflict' | 'unreachable' | 'refused';

/** Errors that say nothing of the append itself, by the client's `type`. */
const passing: ReadonlySet<unknown> = new Set([
  'unavailable',
  'cancelled',
  'deadline-exceeded',
  'timeout',
  'not-leader',
  'unknown',
]);
const conflicts: ReadonlySet<unknown> = new Set(['wrong-expected-version', 'append-consistency-violation']);

function member(error: unknown, name: string): unknown {
  return typeof error === 'object' && error !== null && name in error ? Reflect.get(error, name) : undefined;
}

/**
 * Some errors come as the client's, with a `type`, some as raw errors of gRPC, with a number as their `code`, and those
 * of its native part without a text. Whatever is not known to be a refusal is taken for a server that cannot be reached:
 * to ask again is harmless.
 */
export function sortOf(error: unknown): SortOfError {
  const type = member(error, 'type');
  if (conflicts.has(type)) return 'conflict';
  if (typeof type !== 'string' || passing.has(type)) return 'unreachable';
  return 'refused';
}

/** A stream that is not as a write expects, by the name it has in KurrentDB. */
export interface Conflict {
  readonly stream: string;
  /** The revision it is at; undefined where there is no such stream. */
  readonly actual: bigint | undefined;
}

function actualOf(state: unknown): bigint | undefined {
  return typeof state === 'bigint' && state >= 0n ? state : undefined;
}

/** What a conflict says. */
export function conflictsIn(error: unknown): readonly Conflict[] {
  const violations = member(error, 'violations');
  const each: readonly unknown[] = Array.isArray(violations) ? violations : [error];
  return each.map((one) => ({
    stream: String(member(one, 'streamName')),
    actual: actualOf(member(one, 'actualState')),
  }));
}

function textOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const type = member(error, 'type');
  return text !== '' ? text : typeof type === 'string' ? type : 'no reason given';
}

export function unreachable(what: string, cause: unknown): EventLogError {
  const because = cause === undefined ? '' : ` (${textOf(cause)})`;
  return new EventLogError(
    'LOG_UNREACHABLE',
    `The event log in KurrentDB cannot be reached${because}. ${what}`,
    {
      cause,
    },
  );
}

export function refused(error: unknown): EventLogError {
  return new EventLogError(
    'LOG_REFUSED',
    `KurrentDB refused what the ledger asked of it: ${textOf(error)}. The user of the ledger must be allowed to write its streams and to read $all.`,
    { cause: error },
  );
}

/** Work that is given up when it takes too long: the client sets no deadline of its own for everything. */
export function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(Object.assign(new Error(`no answer within ${milliseconds} ms`), { type: 'timeout' })),
      milliseconds,
    );
    const done = (): void => clearTimeout(timer);
    work.then(resolve, reject).finally(done);
  });
}
