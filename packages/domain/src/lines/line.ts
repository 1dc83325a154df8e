import type { EventType, Party, Qualifier, Role } from '@ledger/events';

/** One sort of countable consequence. What a measure may add up is always of one kind. */
export type LineKind =
  /** One thing done: quantity 1. */
  | 'activity'
  /** One body in one role of an activity: quantity 1. */
  | 'support'
  /** One person's place in a team of peers, and the days of it in hundredths. */
  | 'peer'
  | 'peer-days'
  /** One person's place on one course, by state: each is a measure of its own, none is taken from another. */
  | 'booking'
  | 'attendance'
  | 'completion'
  | 'given-up'
  | 'officer'
  | 'graduate'
  | 'peer-trained'
  /** How many people came to an event. */
  | 'attendees'
  /** Pence awarded. */
  | 'grant'
  /** A body's membership over the span of the line; an open end is `openEnd`. */
  | 'membership'
  /** A level or a count observed. */
  | 'metric'
  /** How many people answered a survey. Results of surveys are never added. */
  | 'survey'
  /** A deliverable over its year and, where it has one, the number of its target. */
  | 'deliverable'
  | 'target'
  /** How a deliverable is rated, and how many of its target are reached, until the next rating. */
  | 'rating'
  | 'achieved'
  /** What a body or person had, or had not, before the ledger. */
  | 'earlier'
  /** A claim: quantity 1, and one line for each body of it. */
  | 'claim'
  | 'claim-body'
  /** Pence of a claim: gross, cost, and the shares of bodies where given. */
  | 'gain'
  | 'gain-cost'
  | 'gain-share'
  /**
   * Beside these pence: what was estimated for a year that is delivered since; what has lapsed; what counts in another
   * claim. Of them: what is verified. Of each: what others than the programme brought about.
   */
  | 'gain-estimate'
  | 'gain-lapsed'
  | 'gain-elsewhere'
  | 'gain-verified'
  | 'gain-of-others'
  | 'gain-cost-of-others'
  | 'gain-estimate-of-others'
  | 'gain-verified-of-others'
  /** A figure brought forward stands: quantity 1. It is never counted as anything else. */
  | 'figure';

/** The last day of a span that has no end yet. */
export const openEnd = '9999-12-31';

/** The role in a line: of a body in an activity, of a person in a team of peers, or of a peer's home body. */
export type LineRole = Role | 'lead' | 'team-member' | 'officer' | 'manager';

/**
 * A quantity with keys. Lines depend on one stream and on nothing else (**rule**, design section 5): region,
 * type, control, theme and programme are joined when a question is asked.
 */
export interface Line {
  readonly kind: LineKind;
  /** The content event's type it follows from. */
  readonly event: EventType;
  readonly offer: string | null;
  readonly savingsArea: string | null;
  readonly body: string | null;
  readonly role: LineRole | null;
  readonly person: string | null;
  readonly party: Party | null;
  /** Inclusive London dates of when it happened, and how they are known. */
  readonly from: string;
  readonly to: string;
  readonly basis: 'stated' | 'report-year';
  /** The financial years an amount is of; from < to is an amount whose yearly slices are not given. */
  readonly amountFrom: number | null;
  readonly amountTo: number | null;
  readonly gainType: string | null;
  readonly realisation: string | null;
  readonly assurance: string | null;
  readonly amountBasis: 'forecast' | 'actual' | 'not stated' | null;
  readonly qualifier: Qualifier | null;
  /** The metric, figure, colour of a rating, `had` / `none` of a declaration, or the method of a claim. */
  readonly subject: string | null;
  readonly illustrative: boolean;
  /** A whole number: of things, of people, of pence, of hundredths of days. */
  readonly quantity: number;
}

/** A line without the keys that most kinds do not have. */
export function line(
  required: Pick<Line, 'kind' | 'event' | 'from' | 'to' | 'basis' | 'illustrative'> & Partial<Line>,
): Line {
  // Written out, and not spread: a ledger makes millions of them.
  return {
    kind: required.kind,
    event: required.event,
    offer: required.offer ?? null,
    savingsArea: required.savingsArea ?? null,
    body: required.body ?? null,
    role: required.role ?? null,
    person: required.person ?? null,
    party: required.party ?? null,
    from: required.from,
    to: required.to,
    basis: required.basis,
    amountFrom: required.amountFrom ?? null,
    amountTo: required.amountTo ?? null,
    gainType: required.gainType ?? null,
    realisation: required.realisation ?? null,
    assurance: required.assurance ?? null,
    amountBasis: required.amountBasis ?? null,
    qualifier: required.qualifier ?? null,
    subject: required.subject ?? null,
    illustrative: required.illustrative,
    quantity: required.quantity ?? 1,
  };
}
