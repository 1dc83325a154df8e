import { financialYearLabel } from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { DecidedEvent } from '../deciders/decision';
import { DecisionRefused, refuseIfAny, type Fault } from '../deciders/refusal';
import type { Thing } from '../things/thing';
import { amountInWords } from './amount-in-words';
import { assuranceOf, claimOf, deliveredAmounts, type Claim } from './claim';
import { claimFault } from './claim-faults';

type NoteRef = EventData<'OverlapResolved'>['noteRef'];

/** What was decided about two claims. */
export interface OverlapDecision {
  readonly as: EventData<'OverlapResolved'>['as'];
  /** Where they are the same: the one that counts. */
  readonly counts?: string | undefined;
  /** Where they share: which pence of which claim count in the other one. */
  readonly elsewhere?:
    readonly { readonly claim: string; readonly year: number; readonly pence: number }[] | undefined;
  readonly noteRef?: NoteRef;
}

/** What is written to each of two claims. */
export interface ClaimPairDecision {
  readonly one: readonly DecidedEvent[];
  readonly other: readonly DecidedEvent[];
}

function mustBeClaim(thing: Thing, path: string): Claim {
  const claim = claimOf(thing);
  if (claim === undefined)
    throw new DecisionRefused([
      claimFault('record-exists', path, `there is no claim with the id ${thing.id}`),
    ]);
  const state = assuranceOf(claim);
  if (state === 'withdrawn' || state === 'rejected')
    throw new DecisionRefused([
      claimFault(
        'claim-state',
        path,
        `the claim ${thing.id} is ${state}: nothing of it is counted, so nothing twice`,
      ),
    ]);
  return claim;
}

/** What a claim comes to in a year: as delivered, else as it says for that very year. */
function grossOf(claim: Claim, year: number): number {
  const delivered = deliveredAmounts(claim).find((one) => one.year === year);
  if (delivered !== undefined) return delivered.grossPence;
  return claim.content.amounts
    .filter(({ fromYear, toYear }) => fromYear === year && toYear === year)
    .reduce((sum, { grossPence }) => sum + grossPence, 0);
}

function splitFaults(one: Claim, other: Claim, { as, counts, elsewhere = [] }: OverlapDecision): Fault[] {
  const faults: Fault[] = [];
  const ids = [one.id, other.id];
  if (as === 'same' && (counts === undefined || !ids.includes(counts)))
    faults.push(claimFault('one-counts', 'counts', `say which of the two counts: ${ids.join(' or ')}`));
  if (as !== 'same' && counts !== undefined)
    faults.push(claimFault('one-counts', 'counts', 'only of claims that are the same does one alone count'));
  if (as === 'shared' && elsewhere.length === 0)
    faults.push(
      claimFault(
        'split-given',
        'elsewhere',
        'say which pence of which claim count in the other one, by year',
      ),
    );
  if (as !== 'shared' && elsewhere.length > 0)
    faults.push(claimFault('split-given', 'elsewhere', 'only what is shared is split; leave it out'));
  elsewhere.forEach(({ claim: id, year, pence }, at) => {
    const claim = id === one.id ? one : id === other.id ? other : undefined;
    if (claim === undefined) {
      faults.push(claimFault('split-given', `elsewhere[${at}].claim`, `must be one of ${ids.join(', ')}`));
      return;
    }
    const gross = grossOf(claim, year);
    if (pence > gross)
      faults.push(
        claimFault(
          'split-within',
          `elsewhere[${at}].pence`,
          `${amountInWords(pence)} is more than the ${amountInWords(gross)} of that claim in ${financialYearLabel(year)}`,
        ),
      );
  });
  return faults;
}

/** The events of one of the two; changing what of a verified claim counts opens it again. */
function eventsOf(claim: Claim, other: Claim, decision: OverlapDecision): DecidedEvent[] {
  const { as, counts, elsewhere = [], noteRef } = decision;
  const data = {
    other: other.id,
    as,
    countsHere: as !== 'same' || counts === claim.id,
    elsewhere: elsewhere.flatMap(({ claim: of, year, pence }) => (of === claim.id ? [{ year, pence }] : [])),
    ...(noteRef !== undefined && { noteRef }),
  };
  const before = claim.life.overlaps.find((one) => one.other === other.id);
  const counted = (one: { readonly countsHere: boolean; readonly elsewhere: unknown } | undefined): string =>
    JSON.stringify([one?.countsHere ?? true, one?.elsewhere ?? []]);
  const { phase, verified } = claim.life;
  const assured = phase === 'verified' || phase === 'estimate checked';
  const resolved: DecidedEvent = { type: 'OverlapResolved', data };
  if (!assured || counted(before) === counted(data)) return [resolved];
  const voids = verified.map(({ year }) => year);
  return [resolved, { type: 'ClaimReopened', data: { because: 'amount-changed', voids } }];
}

/**
 * Decides whether two claims count the same gain: distinct, the same, or shared with a split (B7). Written to both.
 * @throws DecisionRefused
 */
export function decideOverlap(one: Thing, other: Thing, decision: OverlapDecision): ClaimPairDecision {
  if (one.id === other.id)
    throw new DecisionRefused([claimFault('two-claims', 'other', 'a claim does not overlap with itself')]);
  const [first, second] = [mustBeClaim(one, 'id'), mustBeClaim(other, 'other')];
  refuseIfAny(splitFaults(first, second, decision));
  return { one: eventsOf(first, second, decision), other: eventsOf(second, first, decision) };
}

/** Decides that one claim is a part of another; which of them counts is then to be decided. @throws DecisionRefused */
export function decidePlacing(part: Thing, whole: Thing, noteRef?: NoteRef): ClaimPairDecision {
  if (part.id === whole.id)
    throw new DecisionRefused([claimFault('two-claims', 'whole', 'a claim is no part of itself')]);
  const [first, second] = [mustBeClaim(part, 'id'), mustBeClaim(whole, 'whole')];
  if (first.life.parts.includes(second.id))
    throw new DecisionRefused([
      claimFault(
        'part-of-part',
        'whole',
        'that claim is a part of this one already; it is not the other way round too',
      ),
    ]);
  const event: DecidedEvent = {
    type: 'ClaimPlaced',
    data: { part: part.id, whole: whole.id, ...(noteRef !== undefined && { noteRef }) },
  };
  return { one: [event], other: [event] };
}
