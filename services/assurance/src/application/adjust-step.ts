import { Id } from '@ledger/events';
import { parseRequest, type AdjustableChange } from '@ledger/recording';
import { z } from 'zod';
import { claimSteps } from './claim-steps';
import { takeStep, type StepParts } from './take-step';

/** The steps that change what a year holds. What is verified of a closed year needs no adjustment: closing does not bind it. */
const steps = ['record-delivery', 'confirm'] as const;

/** Whether a step may lie in closed time, and so be proposed as an adjustment. */
export function isAdjustable(step: string): boolean {
  return steps.some((one) => one === step);
}

const AdjustedStep = z.looseObject({
  claim: Id.describe('The claim.'),
  step: z.enum(steps),
});

/** Decides a step of a claim that is proposed as an adjustment, by the rules that the step has anyway. @throws DecisionRefused */
export function adjustStep(parts: Omit<StepParts, 'recording'>): AdjustableChange {
  return async (recording, change, command) => {
    const { claim, step, ...request } = parseRequest(AdjustedStep, change);
    const declared = claimSteps.find((one) => one.step === step);
    if (declared === undefined) throw new RangeError(`There is no step ${step}`);
    return takeStep({ ...parts, recording }, { id: claim }, declared, {
      ...command,
      request,
      asAuditor: declared.permission === 'claims:audit',
    });
  };
}
