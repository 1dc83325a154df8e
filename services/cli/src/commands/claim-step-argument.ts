import { claimStepNames, nearestClaimStep } from '@ledger/assurance';
import { Argument, InvalidArgumentError } from 'commander';

function known(step: string): string {
  if (claimStepNames.includes(step)) return step;
  const near = nearestClaimStep(step);
  const meant = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new InvalidArgumentError(`There is no such step.${meant}\nSteps are: ${claimStepNames.join(', ')}.`);
}

/** The step to take with a claim; another word is wrong use, and the steps that there are come with the refusal. */
export function claimStepArgument(): Argument {
  return new Argument('<step>', `one of ${claimStepNames.join(', ')}`).argParser(known);
}
