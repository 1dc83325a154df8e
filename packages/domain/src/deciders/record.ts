import type { LedgerEvent } from '@ledger/events';
import type { StandingContent, Thing } from '../things/thing';
import { checkContent } from './content-rules';
import type { DecidedEvent, DecisionContext } from './decision';
import { deliverableFaults } from './deliverable-rules';
import { refuseIfAny, type Fault } from './refusal';

/** The steps of one person's place: what each may follow. Booked, attended and completed are taken from nothing else. */
const placeSteps = ['PlaceBooked', 'CouncillorTrained', 'CourseCompleted', 'PlaceGivenUp'] as const;
type PlaceStep = (typeof placeSteps)[number];
const membershipSteps = ['MembershipStarted', 'MembershipEnded'] as const;

function isPlaceStep(type: string): type is PlaceStep {
  return placeSteps.some((step) => step === type);
}

function standing(thing: Thing): readonly StandingContent[] {
  return thing.contents.filter(({ withdrawn }) => !withdrawn);
}

function fault(code: string, path: string, message: string): Fault {
  return { code, path, message };
}

/** A further step of a place is of the same person, body, offer and course, and comes once. */
function placeFaults(thing: Thing, event: LedgerEvent): Fault[] {
  const faults: Fault[] = [];
  const [first] = standing(thing);
  if (first === undefined || !isPlaceStep(first.event.type) || !isPlaceStep(event.type)) return faults;
  for (const field of ['person', 'body', 'offer', 'course'] as const) {
    const of = (data: object): unknown => (field in data ? Reflect.get(data, field) : undefined);
    if (of(first.event.data) !== of(event.data))
      faults.push(
        fault(
          'same-place',
          `data.${field}`,
          `the place has another ${field}; record another place, or correct this one first`,
        ),
      );
  }
  if (standing(thing).some((content) => content.event.type === event.type))
    faults.push(
      fault(
        'step-once',
        'type',
        `${event.type} is recorded for this place already; correct that record instead`,
      ),
    );
  const steps = new Set(standing(thing).map((content) => content.event.type));
  if (event.type === 'PlaceGivenUp' && (!steps.has('PlaceBooked') || steps.has('CouncillorTrained')))
    faults.push(
      fault('given-up-after-booked', 'type', 'only a place that was booked and not attended can be given up'),
    );
  return faults;
}

function membershipFaults(thing: Thing, event: LedgerEvent): Fault[] {
  const started = standing(thing).find((content) => content.event.type === 'MembershipStarted')?.event;
  if (event.type !== 'MembershipEnded' || started?.type !== 'MembershipStarted') return [];
  const faults: Fault[] = [];
  if (event.data.on <= started.data.from)
    faults.push(
      fault(
        'ended-after-started',
        'data.on',
        `the membership began on ${started.data.from}; it cannot end on ${event.data.on}`,
      ),
    );
  if (event.data.offer !== started.data.offer || event.data.body !== started.data.body)
    faults.push(
      fault('same-membership', 'data', 'the membership is of another offer or body; name the one that ended'),
    );
  return faults;
}

/** What a record may hold beside what it holds already. */
function sequenceFaults(thing: Thing, event: LedgerEvent): Fault[] {
  if (thing.withdrawn || thing.mergedInto !== null)
    return [fault('record-stands', 'activity', 'the record is withdrawn or merged away; reinstate it first')];
  if (thing.kind === 'deliverable') return deliverableFaults(thing, event);
  const contents = standing(thing);
  if (contents.length === 0) {
    if (event.type === 'MembershipEnded')
      return [
        fault(
          'membership-started',
          'activity',
          'there is no membership to end; give the id of the membership as `activity`',
        ),
      ];
    if (event.type === 'PlaceGivenUp')
      return [
        fault(
          'given-up-after-booked',
          'activity',
          'there is no booked place to give up; give its id as `activity`',
        ),
      ];
    return [];
  }
  const steps: readonly string[] = isPlaceStep(event.type) ? placeSteps : membershipSteps;
  if (!steps.includes(event.type) || !contents.every((content) => steps.includes(content.event.type)))
    return [
      fault(
        'duplicate-id',
        'activity',
        'a record with this id exists already; leave the id out, or correct that record',
      ),
    ];
  return [...placeFaults(thing, event), ...membershipFaults(thing, event)];
}

/** A decision that may have warned. */
export interface Decision {
  readonly events: readonly DecidedEvent[];
  readonly warnings: readonly Fault[];
}

/**
 * Decides on recording a content event: the first of a record, or a further step of a place or membership.
 * @throws DecisionRefused
 */
export function decideRecording(thing: Thing, event: LedgerEvent, context: DecisionContext): Decision {
  const { errors, warnings } = checkContent(event, context);
  refuseIfAny([...errors, ...sequenceFaults(thing, event)]);
  return { events: [event], warnings };
}
