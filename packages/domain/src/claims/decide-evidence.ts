import { isLondonDate } from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { refuseIfAny, type Fault } from '../deciders/refusal';
import type { Claim } from './claim';
import type { ClaimContext } from './claim-context';
import { assuranceFaults, claimFault } from './claim-faults';

type Attached = EventData<'EvidenceAttached'>;

/** A file bears a day that exists and has come: whoever holds it has it today. */
function datedFaults(dated: string | undefined, today: string): Fault[] {
  if (dated === undefined) return [];
  if (!isLondonDate(dated))
    return [claimFault('evidence-dated', 'dated', `${dated} is not in the calendar; give a day that exists`)];
  return dated > today
    ? [
        claimFault(
          'evidence-dated',
          'dated',
          `${dated} is after today, ${today}; give the day that the file bears, or leave it out`,
        ),
      ]
    : [];
}

/** The same file with the same words once more would only look like more evidence than there is. */
function twiceFaults({ life }: Claim, { evidence, sha256, title, sort, dated }: Attached): Fault[] {
  const twice = life.evidence.some(
    (one) =>
      one.evidence === evidence &&
      one.sha256 === sha256 &&
      one.title === title &&
      one.sort === sort &&
      one.dated === dated,
  );
  return twice
    ? [
        claimFault(
          'evidence-attached-already',
          'file',
          `this file is attached already, as “${title}”; there is nothing to add`,
        ),
      ]
    : [];
}

/** Attaches a file to a claim, each once. @throws DecisionRefused */
export function attachEvidence(
  claim: Claim,
  data: Attached,
  { today }: ClaimContext,
): readonly DecidedEvent[] {
  refuseIfAny([
    ...assuranceFaults(claim, 'attach-evidence'),
    ...datedFaults(data.dated, today),
    ...twiceFaults(claim, data),
  ]);
  return [{ type: 'EvidenceAttached', data }];
}
