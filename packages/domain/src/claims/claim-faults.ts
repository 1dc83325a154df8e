import { financialYearLabel } from '@ledger/calendar';
import type { Fault } from '../deciders/refusal';
import { amountInWords } from './amount-in-words';
import { assuranceOf, deliveredAmounts, elsewherePence, realisationOf, type Claim } from './claim';
import type { Assurance } from './claim-life';
import {
  assuranceHints,
  assuranceMoves,
  realisationHints,
  realisationMoves,
  type AssuranceStep,
  type RealisationStep,
} from './claim-moves';

export function claimFault(code: string, path: string, message: string): Fault {
  return { code, path, message };
}

const stepWords: Readonly<Record<AssuranceStep | RealisationStep, string>> = {
  submit: 'submitted',
  'propose-baseline': 'given a baseline',
  'agree-baseline': 'given an agreed baseline',
  'attach-evidence': 'given evidence',
  'start-review': 'taken up for review',
  test: 'tested',
  query: 'queried',
  answer: 'answered for',
  verify: 'verified',
  'check-estimate': 'checked as an estimate',
  reject: 'rejected',
  reopen: 'reopened',
  revise: 'revised',
  withdraw: 'withdrawn',
  'agree-gain': 'agreed',
  'record-delivery': 'given what was delivered',
  confirm: 'confirmed for a further year',
  lapse: 'let lapse',
};

/** Whether the claim's state of assurance allows a step, by the one table. */
export function assuranceFaults(claim: Claim, step: AssuranceStep): Fault[] {
  const state = assuranceOf(claim);
  return assuranceMoves[step][state] === undefined ? [stateFault(state, step)] : [];
}

function stateFault(state: Assurance, step: AssuranceStep | RealisationStep): Fault {
  return claimFault(
    'claim-state',
    'id',
    `the claim is ${state} and cannot be ${stepWords[step]}: ${assuranceHints[state]}`,
  );
}

/** The same for the axis of realisation; nothing is realised of a claim that is rejected or withdrawn. */
export function realisationFaults(claim: Claim, step: RealisationStep): Fault[] {
  const state = assuranceOf(claim);
  if (state === 'rejected' || state === 'withdrawn') return [stateFault(state, step)];
  const realisation = realisationOf(claim);
  if (realisationMoves[step][realisation] !== undefined) return [];
  return [
    claimFault(
      'claim-realisation',
      'id',
      `the gain is ${realisation} and cannot be ${stepWords[step]}: ${realisationHints[realisation]}`,
    ),
  ];
}

/** What a claim must have before it is given to finance, each with where it is missing (B1). */
export function missingForSubmission(claim: Claim): Fault[] {
  const { content, life } = claim;
  const faults: Fault[] = [];
  if (content.gainType === 'not stated')
    faults.push(
      claimFault('gain-type-stated', 'gainType', 'the claim says no gain type; correct it and say which'),
    );
  const byYear = content.amounts.some(({ fromYear, toYear }) => fromYear === toYear);
  if (!byYear && life.deliveries.length === 0)
    faults.push(
      claimFault(
        'amounts-by-year',
        'amounts',
        'no amount is given for a single financial year; give the slices of the years, nothing divides a total',
      ),
    );
  if (content.method === 'not stated')
    faults.push(
      claimFault(
        'method-stated',
        'method',
        'the claim does not say how its amounts were found; correct it and say by which method',
      ),
    );
  if (life.baseline === null)
    faults.push(
      claimFault(
        'baseline-proposed',
        'baseline',
        'there is no baseline; propose what the gain is measured against',
      ),
    );
  if (life.evidence.length === 0)
    faults.push(
      claimFault('evidence-attached', 'evidence', 'there is no evidence; attach at least one file'),
    );
  return faults;
}

/** Submitter, baseline approver and verifier are three persons, whatever roles one person holds (B3). */
export function personFaults(
  { life }: Claim,
  actor: string,
  part: 'submitter' | 'approver' | 'verifier',
): Fault[] {
  const did: readonly (readonly [typeof part, readonly string[], string])[] = [
    ['submitter', life.submittedBy, 'submitted this claim'],
    ['approver', life.agreedBy, 'agreed to its baseline'],
    ['verifier', life.verifiedBy, 'verified it'],
  ];
  const other = did.find(([which, persons]) => which !== part && persons.includes(actor));
  if (other !== undefined)
    return [
      claimFault(
        'three-persons',
        'actor',
        `you ${other[2]}; submitter, approver of the baseline and verifier are three persons, so somebody else has to do this`,
      ),
    ];
  if (part === 'approver' && life.baseline?.proposedBy === actor)
    return [
      claimFault('three-persons', 'actor', 'you proposed this baseline; somebody else has to agree to it'),
    ];
  return [];
}

/** Years a verification names, against what was delivered in them. */
export function verifiedYearFaults(
  claim: Claim,
  years: readonly {
    readonly year: number;
    readonly verifiedPence: number;
    readonly reason?: string | undefined;
  }[],
): Fault[] {
  const delivered = new Map(deliveredAmounts(claim).map((amount) => [amount.year, amount]));
  return years.flatMap(({ year, verifiedPence, reason }, at): Fault[] => {
    const path = `years[${at}]`;
    const label = financialYearLabel(year);
    if (years.findIndex((one) => one.year === year) < at)
      return [claimFault('year-once', `${path}.year`, `${label} stands twice; give each year once`)];
    const whole = delivered.get(year)?.grossPence;
    if (whole === undefined)
      return [
        claimFault(
          'only-delivered',
          `${path}.year`,
          `nothing is delivered in ${label}; what is not delivered can only be checked as an estimate`,
        ),
      ];
    const gross = whole - elsewherePence(claim.life, year, whole);
    if (claim.life.verified.some((one) => one.year === year))
      return [
        claimFault(
          'year-verified',
          `${path}.year`,
          `${label} is verified already; reopen the claim to change it`,
        ),
      ];
    if (verifiedPence > gross)
      return [
        claimFault(
          'not-above-delivered',
          `${path}.verifiedPence`,
          `${amountInWords(verifiedPence)} is more than the ${amountInWords(gross)} delivered in ${label}${gross < whole ? ', less what counts in other claims' : ''}`,
        ),
      ];
    if (verifiedPence < gross && reason === undefined)
      return [
        claimFault(
          'reason-for-the-rest',
          `${path}.reason`,
          `${amountInWords(gross - verifiedPence)} of ${label} is left; say why it is not verified`,
        ),
      ];
    return verifiedPence === gross && reason !== undefined
      ? [claimFault('no-rest', `${path}.reason`, `all of ${label} is verified; leave the reason out`)]
      : [];
  });
}
