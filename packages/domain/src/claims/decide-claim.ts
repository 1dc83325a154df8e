import { financialYearLabel, isFinancialYear, isLondonDate } from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused, refuseIfAny, type Fault } from '../deciders/refusal';
import type { Thing } from '../things/thing';
import { assuranceOf, claimOf, deliveredAmounts, type Claim } from './claim';
import type { ClaimContent } from './claim-life';
import { attachEvidence } from './decide-evidence';
import { confirm, lapse, recordDelivery } from './decide-realisation';
import { gradeOf, worksheetFaults } from './worksheet';
import { reopening, type ClaimContext } from './claim-context';
import {
  assuranceFaults,
  claimFault,
  missingForSubmission,
  personFaults,
  realisationFaults,
  verifiedYearFaults,
} from './claim-faults';

type Said<T extends DecidedEvent['type']> = EventData<T>;

/** One step in the life of a claim, with what it says. */
export type ClaimCommand =
  | { readonly step: 'submit'; readonly data: Said<'ClaimSubmitted'> }
  | { readonly step: 'propose-baseline'; readonly data: Said<'BaselineProposed'> }
  | { readonly step: 'agree-baseline'; readonly data: Omit<Said<'BaselineAgreed'>, 'proposal'> }
  | { readonly step: 'attach-evidence'; readonly data: Said<'EvidenceAttached'> }
  | { readonly step: 'start-review'; readonly data: Said<'ClaimReviewStarted'> }
  | { readonly step: 'test'; readonly data: Said<'ClaimTested'> }
  | { readonly step: 'query'; readonly data: Said<'ClaimQueried'> }
  | { readonly step: 'answer'; readonly data: Said<'ClaimAnswered'> }
  | { readonly step: 'verify'; readonly data: Said<'ClaimVerified'> }
  | { readonly step: 'check-estimate'; readonly data: Said<'EstimateChecked'> }
  | { readonly step: 'reject'; readonly data: Said<'ClaimRejected'> }
  | { readonly step: 'reopen'; readonly data: Omit<Said<'ClaimReopened'>, 'voids'> }
  | { readonly step: 'agree-gain'; readonly data: Said<'GainAgreed'> }
  | { readonly step: 'record-delivery'; readonly data: Said<'DeliveryRecorded'> }
  | { readonly step: 'confirm'; readonly data: Said<'SavingConfirmed'> }
  | { readonly step: 'lapse'; readonly data: Omit<Said<'SavingLapsed'>, 'from'> };

type Events = readonly DecidedEvent[];

function baselineFaults({ baseline }: Said<'BaselineProposed'>): Fault[] {
  const { fromYear, toYear, attributionHundredths, attributionReason } = baseline;
  const faults: Fault[] = [];
  for (const [path, year] of [
    ['baseline.fromYear', fromYear],
    ['baseline.toYear', toYear],
  ] as const)
    if (!isFinancialYear(year))
      faults.push(
        claimFault('baseline-years', path, `${year} is no financial year; 2018/19 is written 201819`),
      );
  if (fromYear > toYear)
    faults.push(
      claimFault('baseline-years', 'baseline.toYear', 'its last year is before its first; swap them'),
    );
  if ((attributionHundredths ?? 10_000) < 10_000 && attributionReason === undefined)
    faults.push(
      claimFault(
        'attribution-reason',
        'baseline.attributionReason',
        'less than the whole is put down to the programme; say why',
      ),
    );
  return faults;
}

function proposeBaseline(claim: Claim, data: Said<'BaselineProposed'>): Events {
  refuseIfAny([...assuranceFaults(claim, 'propose-baseline'), ...baselineFaults(data)]);
  const state = assuranceOf(claim);
  const isOpen = state === 'draft' || state === 'reopened';
  // Changing a frozen baseline opens the claim again and voids its verification; the stream shows both (B2).
  const frozen = claim.life.baseline !== null && claim.life.baseline.agreedBy !== null;
  const reopens = !isOpen && (frozen || state === 'estimate checked');
  return [{ type: 'BaselineProposed', data }, ...(reopens ? [reopening(claim, 'baseline-changed')] : [])];
}

function agreeBaseline(claim: Claim, data: object, { actor }: ClaimContext): Events {
  const { baseline } = claim.life;
  const missing =
    baseline === null
      ? [claimFault('baseline-proposed', 'baseline', 'there is no baseline to agree to; propose one first')]
      : baseline.agreedBy !== null
        ? [claimFault('baseline-open', 'baseline', 'the baseline is agreed and frozen already')]
        : [];
  refuseIfAny([
    ...assuranceFaults(claim, 'agree-baseline'),
    ...missing,
    ...personFaults(claim, actor, 'approver'),
  ]);
  return [{ type: 'BaselineAgreed', data: { proposal: baseline?.proposal ?? '', ...data } }];
}

/** What stands in the way of any assurance: persons, and what submitting asks for. */
function assuringFaults(
  claim: Claim,
  step: 'verify' | 'check-estimate',
  { actor, openOverlaps = [], brokenEvidence = [] }: ClaimContext,
): Fault[] {
  return [
    ...assuranceFaults(claim, step),
    ...personFaults(claim, actor, 'verifier'),
    ...missingForSubmission(claim),
    ...openOverlaps.map(({ id, title, because }) =>
      claimFault(
        'overlap-resolved',
        'overlaps',
        `the claim “${title}” (${id}) may count the same gain (${because}); decide first whether they are distinct, the same, or shared`,
      ),
    ),
    ...brokenEvidence.map(({ title, state }) =>
      claimFault(
        'evidence-whole',
        'evidence',
        `the evidence “${title}” is ${state}; restore the vault from a backup, or attach the file again`,
      ),
    ),
  ];
}

function verify(claim: Claim, data: Said<'ClaimVerified'>, context: ClaimContext): Events {
  const { baseline, worksheet } = claim.life;
  refuseIfAny([
    ...assuringFaults(claim, 'verify', context),
    ...(worksheet !== null && gradeOf(worksheet.tests) === 'insufficient'
      ? [
          claimFault(
            'grade-insufficient',
            'worksheet',
            'its worksheet comes to insufficient; query or reject the claim, or fill the worksheet in anew',
          ),
        ]
      : []),
    ...(baseline !== null && baseline.agreedBy === null
      ? [
          claimFault(
            'baseline-agreed',
            'baseline',
            'its baseline is not agreed; somebody who neither submits nor verifies the claim has to agree to it',
          ),
        ]
      : []),
    ...verifiedYearFaults(claim, data.years),
  ]);
  return [{ type: 'ClaimVerified', data }];
}

function checkEstimate(claim: Claim, data: Said<'EstimateChecked'>, context: ClaimContext): Events {
  refuseIfAny([
    ...assuringFaults(claim, 'check-estimate', context),
    ...(deliveredAmounts(claim).length === 0
      ? []
      : [
          claimFault(
            'only-estimates',
            'amounts',
            'something of it is delivered; verify that, year by year, and do not check it as an estimate',
          ),
        ]),
  ]);
  return [{ type: 'EstimateChecked', data }];
}

function query(claim: Claim, data: Said<'ClaimQueried'>, { today }: ClaimContext): Events {
  const due = !isLondonDate(data.due)
    ? [claimFault('due-date', 'due', `${data.due} is not in the calendar; give a day that exists`)]
    : data.due < today
      ? [claimFault('due-date', 'due', `${data.due} is before today, ${today}; give a day to come`)]
      : [];
  refuseIfAny([...assuranceFaults(claim, 'query'), ...due]);
  return [{ type: 'ClaimQueried', data }];
}

function answer(claim: Claim, data: Said<'ClaimAnswered'>): Events {
  const asked = claim.life.queries.find((one) => one.query === data.query);
  const faults =
    asked === undefined
      ? [claimFault('query-open', 'query', `there is no query ${data.query} on this claim`)]
      : asked.answered
        ? [claimFault('query-open', 'query', 'this query is answered already')]
        : [];
  refuseIfAny([...assuranceFaults(claim, 'answer'), ...faults]);
  return [{ type: 'ClaimAnswered', data }];
}

function plain(claim: Claim, step: 'start-review' | 'reject', event: DecidedEvent): Events {
  refuseIfAny(assuranceFaults(claim, step));
  return [event];
}

/** @throws DecisionRefused where there is no such claim */
function claimToDecideOn(thing: Thing): Claim {
  const claim = claimOf(thing);
  if (claim === undefined)
    throw new DecisionRefused([
      claimFault('record-exists', 'id', `there is no claim with the id ${thing.id}; look it up under claims`),
    ]);
  return claim;
}

/**
 * Decides on a step in the life of a claim. Every refusal says what is missing and where (B1, B2, B3).
 * @throws DecisionRefused
 */
export function decideClaim(thing: Thing, command: ClaimCommand, context: ClaimContext): Events {
  const claim = claimToDecideOn(thing);
  switch (command.step) {
    case 'submit':
      refuseIfAny([
        ...assuranceFaults(claim, 'submit'),
        ...missingForSubmission(claim),
        ...personFaults(claim, context.actor, 'submitter'),
      ]);
      return [{ type: 'ClaimSubmitted', data: command.data }];
    case 'propose-baseline':
      return proposeBaseline(claim, command.data);
    case 'agree-baseline':
      return agreeBaseline(claim, command.data, context);
    case 'attach-evidence':
      return attachEvidence(claim, command.data, context);
    case 'start-review':
      return plain(claim, command.step, { type: 'ClaimReviewStarted', data: command.data });
    case 'test':
      refuseIfAny([
        ...assuranceFaults(claim, 'test'),
        ...personFaults(claim, context.actor, 'verifier'),
        ...worksheetFaults(command.data.tests),
      ]);
      return [{ type: 'ClaimTested', data: command.data }];
    case 'query':
      return query(claim, command.data, context);
    case 'answer':
      return answer(claim, command.data);
    case 'verify':
      return verify(claim, command.data, context);
    case 'check-estimate':
      return checkEstimate(claim, command.data, context);
    case 'reject':
      return plain(claim, command.step, { type: 'ClaimRejected', data: command.data });
    case 'reopen':
      refuseIfAny(assuranceFaults(claim, 'reopen'));
      return [reopening(claim, command.data.because, command.data.noteRef)];
    case 'agree-gain':
      refuseIfAny(realisationFaults(claim, 'agree-gain'));
      return [{ type: 'GainAgreed', data: command.data }];
    case 'record-delivery':
      return recordDelivery(claim, command.data, context);
    case 'confirm':
      return confirm(claim, command.data, context);
    case 'lapse':
      return lapse(claim, command.data, context);
    default: {
      const never: never = command;
      return never;
    }
  }
}

/**
 * What revising a claim brings with it: what was assured of another content is void.
 * @throws DecisionRefused where the claim is rejected or withdrawn
 */
export function reopeningByRevision(thing: Thing, content: ClaimContent): Events {
  const claim = claimToDecideOn(thing);
  refuseIfAny(assuranceFaults(claim, 'revise'));
  const delivered = content.realisation === 'delivered';
  const twice = claim.life.deliveries.flatMap(({ year }) =>
    delivered &&
    content.amounts.some((one) => one.fromYear === year && one.toYear === year && one.basis !== 'forecast')
      ? [
          claimFault(
            'delivered-as-stated',
            'data.amounts',
            `what was delivered in ${financialYearLabel(year)} is recorded on the claim already; leave that year to it`,
          ),
        ]
      : [],
  );
  refuseIfAny(twice);
  const { phase } = claim.life;
  return phase === 'verified' || phase === 'estimate checked' ? [reopening(claim, 'claim-revised')] : [];
}
