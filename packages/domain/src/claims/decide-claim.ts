import {
  financialYearLabel,
  financialYearSpan,
  isFinancialYear,
  isLondonDate,
  nextFinancialYear,
} from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused, refuseIfAny, type Fault } from '../deciders/refusal';
import type { Thing } from '../things/thing';
import { assuranceOf, claimOf, deliveredAmounts, type Claim } from './claim';
import type { ClaimContent } from './claim-life';
import { nextConfirmation } from './confirmation';
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

/** What is known around a step of a claim. */
export interface ClaimContext {
  /** The id of whoever acts. */
  readonly actor: string;
  /** The London date of recording. */
  readonly today: string;
  /** Claims that may count the same gain, about which nobody has decided; looked up where a claim is to be assured. */
  readonly openOverlaps?: readonly {
    readonly id: string;
    readonly title: string;
    readonly because: string;
  }[];
  /** Evidence that is not in the vault as it was attached; looked up likewise. */
  readonly brokenEvidence?: readonly { readonly title: string; readonly state: 'missing' | 'altered' }[];
}

type Events = readonly DecidedEvent[];

/** The event that opens a claim again, with the years whose verification is void by it. */
function reopening(
  { life }: Pick<Claim, 'life'>,
  because: Said<'ClaimReopened'>['because'],
  noteRef?: Said<'ClaimReopened'>['noteRef'],
): DecidedEvent {
  const voids = life.verified.map(({ year }) => year);
  return {
    type: 'ClaimReopened',
    data: { because, voids, ...(noteRef !== undefined && { noteRef }) },
  };
}

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
  const { baseline } = claim.life;
  refuseIfAny([
    ...assuringFaults(claim, 'verify', context),
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

/** What is wrong with an amount said to be delivered in a year. */
function deliveryFaults({ content }: Claim, { year }: { readonly year: number }, today: string): Fault[] {
  if (!isFinancialYear(year))
    return [claimFault('delivery-year', 'year', `${year} is no financial year; 2019/20 is written 201920`)];
  if (financialYearSpan(year).from > today)
    return [
      claimFault(
        'delivery-year',
        'year',
        `${financialYearLabel(year)} has not begun; record what is delivered once it is`,
      ),
    ];
  const stated = content.realisation === 'delivered';
  const same = content.amounts.some(
    ({ fromYear, toYear, basis }) => fromYear === year && toYear === year && basis !== 'forecast',
  );
  return stated && same
    ? [
        claimFault(
          'delivered-as-stated',
          'year',
          `the claim itself states what was delivered in ${financialYearLabel(year)}; correct the claim instead`,
        ),
      ]
    : [];
}

function recordDelivery(claim: Claim, data: Said<'DeliveryRecorded'>, { today }: ClaimContext): Events {
  refuseIfAny([...realisationFaults(claim, 'record-delivery'), ...deliveryFaults(claim, data, today)]);
  const changesVerified = claim.life.verified.some(({ year }) => year === data.year);
  const reopens = changesVerified || claim.life.phase === 'estimate checked';
  return [{ type: 'DeliveryRecorded', data }, ...(reopens ? [reopening(claim, 'amount-changed')] : [])];
}

/** A recurring gain is confirmed a year after the other, each once. */
function confirm(claim: Claim, data: Said<'SavingConfirmed'>, { today }: ClaimContext): Events {
  refuseIfAny([...realisationFaults(claim, 'confirm'), ...recurringFaults(claim)]);
  const years = deliveredAmounts(claim).map(({ year }) => year);
  const next = nextFinancialYear(years.at(-1) ?? data.year);
  refuseIfAny([
    ...(data.year === next
      ? []
      : [
          claimFault(
            'next-year',
            'year',
            `the next year to confirm is ${financialYearLabel(next)}; years are confirmed one after the other`,
          ),
        ]),
    ...deliveryFaults(claim, data, today),
  ]);
  const reopens = claim.life.phase === 'estimate checked';
  return [{ type: 'SavingConfirmed', data }, ...(reopens ? [reopening(claim, 'amount-changed')] : [])];
}

function recurringFaults({ content }: Claim): Fault[] {
  if (content.recurrence === 'recurring') return [];
  return [
    claimFault(
      'recurring-only',
      'recurrence',
      'the claim does not say that the gain recurs; correct it, or record what is delivered',
    ),
  ];
}

function lapse(claim: Claim, data: object, { today }: ClaimContext): Events {
  refuseIfAny([...realisationFaults(claim, 'lapse'), ...recurringFaults(claim)]);
  const due = nextConfirmation(claim);
  if (due === undefined)
    throw new DecisionRefused([
      claimFault(
        'confirmation-overdue',
        'id',
        'the gain needs no further confirmation, so it does not lapse',
      ),
    ]);
  if (today <= due.due)
    throw new DecisionRefused([
      claimFault(
        'confirmation-overdue',
        'id',
        `${financialYearLabel(due.year)} can be confirmed until ${due.due}; it lapses after that day`,
      ),
    ]);
  return [{ type: 'SavingLapsed', data: { from: due.year, ...data } }];
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

function plain(
  claim: Claim,
  step: 'start-review' | 'reject' | 'attach-evidence',
  event: DecidedEvent,
): Events {
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
      return plain(claim, command.step, { type: 'EvidenceAttached', data: command.data });
    case 'start-review':
      return plain(claim, command.step, { type: 'ClaimReviewStarted', data: command.data });
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
