/** What killing processes by one seed came to. */
export interface Killed {
  readonly seed: number;
  readonly during: 'appends' | 'imports' | 'rebuilds' | 'backups';
  /** How often a process was killed; one that had ended before does not count. */
  readonly kills: number;
  /** Sentences; none where all is as it must be. */
  readonly findings: readonly string[];
}
