import { firstBadIndex, type BundleFigure, type Finding, type Verdict } from '@ledger/seal';

/** What a verification came to, with how many figures were recomputed. */
export interface VerdictWithFigures extends Verdict {
  readonly figures: number;
}

/** A verdict with what recomputing the figures found. */
export function withFigures(
  verdict: Verdict,
  figures: readonly BundleFigure[],
  found: readonly Finding[],
): VerdictWithFigures {
  if (found.length === 0) return { ...verdict, figures: figures.length };
  const findings = [...verdict.findings, ...found];
  return {
    ...verdict,
    outcome: 'failed',
    findings,
    firstBadIndex: firstBadIndex(findings),
    figures: figures.length - found.length,
  };
}
