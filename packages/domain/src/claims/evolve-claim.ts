import type { LedgerEvent } from '@ledger/events';
import { unlivedClaim, type ClaimDelivery, type ClaimLife, type VerifiedYear } from './claim-life';

/** What the fold of a claim needs to know of an event beside what it says. */
export interface ClaimFact {
  /** The id of the claim. */
  readonly id: string;
  readonly eventId: string;
  /** The id of whoever acted. */
  readonly actor: string;
  readonly event: LedgerEvent;
}

function including(persons: readonly string[], person: string): readonly string[] {
  return persons.includes(person) ? persons : [...persons, person];
}

function ofYears<T extends { readonly year: number }>(known: readonly T[], news: readonly T[]): readonly T[] {
  const kept = known.filter(({ year }) => news.every((one) => one.year !== year));
  return [...kept, ...news].sort((a, b) => a.year - b.year);
}

/** A verification is void where what it was of is changed: the claim is open again. */
function reopened(life: ClaimLife): ClaimLife {
  return { ...life, phase: 'reopened', verified: [], worksheet: null };
}

function isAssured({ phase }: ClaimLife): boolean {
  return phase === 'verified' || phase === 'estimate checked';
}

function withDelivery(life: ClaimLife, delivery: ClaimDelivery): ClaimLife {
  const changed = life.verified.some(({ year }) => year === delivery.year);
  const { year, grossPence, costPence, qualifier } = delivery;
  const made = { year, grossPence, ...(costPence !== undefined && { costPence }), qualifier };
  const next = {
    ...life,
    realisation: 'delivered' as const,
    deliveries: ofYears<ClaimDelivery>(life.deliveries, [made]),
  };
  return changed || life.phase === 'estimate checked' ? reopened(next) : next;
}

/**
 * The life of a claim after an event of its stream; undefined for an event that is none of its life. Pure, and total:
 * what may be recorded is for the decider.
 */
export function evolveClaim(
  before: ClaimLife | null,
  { id, eventId, actor, event }: ClaimFact,
): ClaimLife | undefined {
  const life = before ?? unlivedClaim;
  switch (event.type) {
    case 'GainAgreed':
      return { ...life, realisation: 'agreed' };
    case 'DeliveryRecorded':
      return withDelivery(life, event.data);
    case 'SavingConfirmed':
      return { ...withDelivery(life, event.data), realisation: 'sustained', lapsedFrom: null };
    case 'SavingLapsed':
      return { ...life, realisation: 'lapsed', lapsedFrom: event.data.from };
    case 'ClaimSubmitted':
      return { ...life, phase: 'submitted', submittedBy: including(life.submittedBy, actor) };
    case 'ClaimReviewStarted':
      return { ...life, phase: 'under review' };
    case 'BaselineProposed': {
      const { baseline: said } = event.data;
      const proposed = {
        ...life,
        baseline: { proposal: eventId, said, proposedBy: actor, agreedBy: null },
      };
      return isAssured(life) ? reopened(proposed) : proposed;
    }
    case 'BaselineAgreed':
      if (life.baseline === null) return life;
      return {
        ...life,
        baseline: { ...life.baseline, agreedBy: actor },
        agreedBy: including(life.agreedBy, actor),
      };
    case 'EvidenceAttached': {
      const { noteRef: _, ...attached } = event.data;
      return { ...life, evidence: [...life.evidence, { ...attached, by: actor }] };
    }
    case 'ClaimQueried': {
      const { query, due } = event.data;
      return { ...life, phase: 'queried', queries: [...life.queries, { query, due, answered: false }] };
    }
    case 'ClaimAnswered': {
      const queries = life.queries.map((one) =>
        one.query === event.data.query ? { ...one, answered: true } : one,
      );
      const open = queries.some(({ answered }) => !answered);
      return { ...life, queries, phase: open || life.phase !== 'queried' ? life.phase : 'under review' };
    }
    case 'ClaimVerified':
      return {
        ...life,
        phase: 'verified',
        verified: ofYears<VerifiedYear>(life.verified, event.data.years),
        verifiedBy: including(life.verifiedBy, actor),
      };
    case 'EstimateChecked':
      return { ...life, phase: 'estimate checked', verifiedBy: including(life.verifiedBy, actor) };
    case 'ClaimRejected':
      return { ...life, phase: 'rejected', verified: [] };
    case 'ClaimTested':
      return { ...life, worksheet: { tests: event.data.tests, by: actor } };
    case 'OverlapResolved': {
      const { noteRef: _, ...resolved } = event.data;
      const others = life.overlaps.filter(({ other }) => other !== resolved.other);
      return { ...life, overlaps: [...others, resolved] };
    }
    case 'ClaimPlaced':
      return {
        ...life,
        wholes: event.data.part === id ? including(life.wholes, event.data.whole) : life.wholes,
        parts: event.data.whole === id ? including(life.parts, event.data.part) : life.parts,
      };
    case 'ClaimReopened':
      return reopened(life);
    default:
      return undefined;
  }
}

/** The life of a claim whose content was revised: what was verified of another content is void. */
export function lifeOfRevised(life: ClaimLife | null): ClaimLife | null {
  return life !== null && isAssured(life) ? reopened(life) : life;
}
