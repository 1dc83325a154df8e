import { readContent, type LedgerEvent } from '@ledger/events';
import type { ClaimLife } from '../claims/claim-life';
import { evolveClaim, lifeOfRevised } from '../claims/evolve-claim';
import { FoldError, type FoldedEvent, type StandingContent, type Thing } from './thing';

/** A thing of which nothing is recorded yet. */
export function newThing<C = LedgerEvent>(kind: Thing['kind'], id: string): Thing<C> {
  return {
    kind,
    id,
    revision: -1n,
    contents: [],
    withdrawn: false,
    mergedInto: null,
    merged: [],
    illustrative: false,
    claim: null,
  };
}

/** What is kept of a content event. */
export type Hold<C> = (event: LedgerEvent) => C;

/** A kept content: its type decides whether a correction fits it. */
interface Typed {
  readonly type: string;
}

/** The thing with one content event more. Written out, and not spread: a ledger folds millions of events. */
function withContent<C>(
  { kind, id, contents, withdrawn, mergedInto, merged, illustrative, claim }: Thing<C>,
  { revision, eventId, position, event, illustrative: invented }: FoldedEvent,
  hold: Hold<C>,
): Thing<C> {
  const content: StandingContent<C> = {
    eventId,
    position,
    event: hold(event),
    withdrawn: false,
    correctedBy: uncorrected,
  };
  return {
    kind,
    id,
    revision,
    contents: contents.length === 0 ? [content] : [...contents, content],
    withdrawn,
    mergedInto,
    merged,
    illustrative: illustrative || invented,
    claim,
  };
}

const uncorrected: readonly string[] = [];

function replaceContent<C>(
  thing: Thing<C>,
  by: FoldedEvent,
  eventId: string,
  change: (content: StandingContent<C>) => StandingContent<C>,
): readonly StandingContent<C>[] {
  const at = thing.contents.findIndex((content) => content.eventId === eventId);
  const content = thing.contents[at];
  if (content === undefined)
    throw new FoldError(
      by.eventId,
      `${by.event.type} names the event ${eventId}, which is no content of ${thing.kind} ${thing.id}`,
    );
  return thing.contents.with(at, change(content));
}

function correctedContent<C extends Typed>(
  by: FoldedEvent,
  content: StandingContent<C>,
  correction: { type: string; schemaVersion: number; content: Record<string, unknown> },
  hold: Hold<C>,
): StandingContent<C> {
  if (correction.type !== content.event.type)
    throw new FoldError(
      by.eventId,
      `A record never changes its type: ${content.event.type} cannot become ${correction.type}`,
    );
  const event: LedgerEvent = readContent(
    correction.type,
    correction.schemaVersion,
    correction.content,
    by.position,
  );
  return { ...content, event: hold(event), correctedBy: [...content.correctedBy, by.eventId] };
}

/** What a withdrawal or its undoing changes: the content event it names or, naming none, the whole thing. */
function withdrawn<C>(
  thing: Thing<C>,
  by: FoldedEvent,
  named: string | undefined,
  taken: boolean,
): Partial<Pick<Thing<C>, 'withdrawn' | 'contents'>> {
  if (named === undefined) return { withdrawn: taken };
  return { contents: replaceContent(thing, by, named, (content) => ({ ...content, withdrawn: taken })) };
}

/**
 * Folds the next event of the stream into the thing. Pure.
 * @throws FoldError where the event breaks a rule (it names a content event that is not there, changes a type …)
 * @throws UnreadableEventError where a correction holds content this release cannot read
 */
export function evolveThing(thing: Thing, by: FoldedEvent): Thing {
  return evolveHolding(thing, by, wholeEvent);
}

const wholeEvent = (event: LedgerEvent): LedgerEvent => event;

/** The same, keeping of each content what `hold` makes of it. @throws FoldError, UnreadableEventError */
export function evolveHolding<C extends Typed>(thing: Thing<C>, by: FoldedEvent, hold: Hold<C>): Thing<C> {
  switch (by.event.type) {
    case 'PeerChallengeDelivered':
    case 'PlaceBooked':
    case 'CouncillorTrained':
    case 'CourseCompleted':
    case 'PlaceGivenUp':
    case 'SupportProvided':
    case 'OfficerDeveloped':
    case 'GraduatePlaced':
    case 'PeerTrained':
    case 'EventHeld':
    case 'GrantAwarded':
    case 'MembershipStarted':
    case 'MembershipEnded':
    case 'MetricObserved':
    case 'SurveyResultRecorded':
    case 'EarlierSupportDeclared':
    case 'FigureBroughtForward':
    case 'SavingsRecorded':
    case 'DeliverableAgreed':
    case 'DeliverableRated':
      return withContent(thing, by, hold);
    default:
      return changed(thing, by, hold);
  }
}

/** The thing after a step in the life of its record. @throws FoldError, UnreadableEventError */
function changed<C extends Typed>(thing: Thing<C>, by: FoldedEvent, hold: Hold<C>): Thing<C> {
  const next = { ...thing, revision: by.revision };
  const { event } = by;
  switch (event.type) {
    case 'ActivityCorrected':
    case 'ObservationCorrected':
    case 'DeliverableCorrected':
      return {
        ...next,
        contents: replaceContent(thing, by, event.data.corrects, (content) =>
          correctedContent(by, content, event.data, hold),
        ),
      };
    case 'ActivityWithdrawn':
    case 'ObservationWithdrawn':
    case 'DeliverableWithdrawn':
      return { ...next, ...withdrawn(thing, by, event.data.withdraws, true) };
    case 'ActivityReinstated':
    case 'ObservationReinstated':
    case 'DeliverableReinstated':
      return { ...next, ...withdrawn(thing, by, event.data.reinstates, false) };
    case 'ActivityMergedInto':
      return { ...next, mergedInto: event.data.survivor };
    case 'MergeAccepted':
      return { ...next, merged: [...thing.merged, event.data.merged] };
    case 'MergeUndone':
      return {
        ...next,
        mergedInto: thing.mergedInto === event.data.other ? null : thing.mergedInto,
        merged: thing.merged.filter((merged) => merged !== event.data.other),
      };
    case 'ClaimRevised': {
      const first = thing.contents[0];
      if (first === undefined)
        throw new FoldError(by.eventId, `The claim ${thing.id} was revised before it was recorded`);
      return {
        ...next,
        contents: replaceContent(thing, by, first.eventId, (content) => ({
          ...content,
          event: hold({ type: 'SavingsRecorded', data: event.data.content }),
          correctedBy: [...content.correctedBy, by.eventId],
        })),
        claim: lifeOfRevised(thing.claim),
      };
    }
    case 'ClaimWithdrawn':
      return { ...next, withdrawn: true };
    default:
      return { ...next, claim: lived(thing, by) };
  }
}

/** The life of a claim after an event of it. @throws FoldError for an event that is of no claim */
function lived<C>({ kind, id, contents, claim }: Thing<C>, by: FoldedEvent): ClaimLife {
  const life = kind === 'claim' ? evolveClaim(claim, { ...by, id }) : undefined;
  if (life === undefined)
    throw new FoldError(by.eventId, `${by.event.type} does not belong in the stream of a ${kind}`);
  if (contents.length === 0)
    throw new FoldError(by.eventId, `${by.event.type} speaks of the claim ${id}, which is not recorded`);
  return life;
}
