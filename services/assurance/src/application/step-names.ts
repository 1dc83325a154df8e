import { editDistance } from '@ledger/councils';
import { claimSteps } from './claim-steps';

/** The last part of the address of every command on one claim that takes JSON, in the order of a claim's life. */
export const claimStepNames: readonly string[] = [
  ...claimSteps.map(({ step }) => step),
  'test',
  'resolve-overlap',
  'make-part-of',
];

/** The step that somebody may have meant who wrote another word: a part of its name, or one letter in three wrong; undefined where that would be a guess. */
export function nearestClaimStep(written: string): string | undefined {
  const word = written
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
  if (word.length < 3) return undefined;
  const near = [
    (step: string) => step.startsWith(word) || word.startsWith(step),
    (step: string) => editDistance(word, step, step.length / 3) <= step.length / 3,
    (step: string) => step.split('-').some((part) => part.length > 3 && word.includes(part)),
  ];
  for (const is of near) {
    const found = claimStepNames.filter(is);
    if (found.length === 1) return found[0];
  }
  return undefined;
}
