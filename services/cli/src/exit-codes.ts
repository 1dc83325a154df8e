/** What scripts can tell from the exit code. */
export const exitCodes = {
  done: 0,
  /** Bad input, or a rule refused it. */
  refused: 1,
  usage: 2,
  notFound: 3,
  /** Of `verify`: consistent in itself, but nothing proves whose it is. */
  unproved: 3,
  /** Changed meanwhile, or a key used for something else. */
  conflict: 4,
  /** The ledger or its server cannot be reached or opened. */
  unavailable: 5,
} as const;

/** The exit code for an HTTP status. */
export function exitCodeOf(status: number): number {
  if (status < 400) return exitCodes.done;
  if (status === 404) return exitCodes.notFound;
  if (status === 409 || status === 412) return exitCodes.conflict;
  return status >= 500 ? exitCodes.unavailable : exitCodes.refused;
}
