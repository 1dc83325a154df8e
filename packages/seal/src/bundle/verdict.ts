import type { Finding } from '../verifying/finding';
import type { LogVerdict } from '../verifying/log-verifier';

/**
 * What a verification came to.
 * `verified`: unaltered, and sealed by a trusted key. `consistent`: consistent in itself, but nothing proves whose it is.
 * `failed`: something was found.
 */
export type Outcome = 'verified' | 'consistent' | 'failed';

export interface Verdict {
  readonly kind: 'log' | 'record';
  readonly outcome: Outcome;
  readonly origin: string;
  readonly events: number;
  /** Events under the last checkpoint that counts. */
  readonly sealed: number;
  readonly notSealed: number;
  readonly sealedAt: string | null;
  /** Hexadecimal; null of a single record, which does not have the others. */
  readonly root: string | null;
  readonly checkpoints: number;
  /** The record that was handed over. */
  readonly stream?: string;
  readonly findings: readonly Finding[];
  /** Findings beyond those listed. */
  readonly moreFindings: number;
  /** The first place that a finding is about, from 0; null where there is none. */
  readonly firstBadIndex: number | null;
}

/** The first place that findings are about. */
export function firstBadIndex(findings: readonly Finding[]): number | null {
  const indexes = findings.flatMap(({ index }) => (index === null ? [] : [index]));
  return indexes.length === 0 ? null : Math.min(...indexes);
}

/** What is proved where nothing was found. */
export function outcomeOf(none: boolean, { originProved }: Pick<LogVerdict, 'originProved'>): Outcome {
  if (!none) return 'failed';
  return originProved ? 'verified' : 'consistent';
}
