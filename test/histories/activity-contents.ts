import { Party, Role, type BodyInRole, type EventData } from '@ledger/events';
import { content, type Content } from './history-writer';
import type { Random } from './random';
import { someDay, someSpan } from './spans';
import { historyOffers, someBody, type HistoryOffer, type World } from './world';

/** The content events of activities, in so far as a stream may open with them. */
export type OpeningType = Exclude<keyof typeof makers, 'MembershipEnded'>;

function someOffer(random: Random): HistoryOffer {
  return random.pick(historyOffers);
}

/** One to four bodies, none twice in the same role. */
function someBodies(random: Random, world: World): BodyInRole[] {
  const bodies = new Map<string, BodyInRole>();
  for (let more = random.between(1, 4); more > 0; more--) {
    const role = random.percent(60) ? 'recipient' : random.pick(Role.options);
    const body = someBody(random, world);
    bodies.set(`${body} ${role}`, { body, role });
  }
  return [...bodies.values()];
}

const peerRoles = ['lead', 'member', 'member', 'officer', 'manager'] as const;

/** The one content that has two versions: in the first, days are whole. */
function peerChallenge(random: Random, world: World): Content {
  const delivered = {
    offer: random.percent(70) ? random.pick(historyOffers.slice(0, 3)) : someOffer(random),
    occurred: someSpan(random),
    bodies: someBodies(random, world),
  };
  const schemaVersion = random.percent(40) ? 1 : 2;
  if (random.percent(15)) return { type: 'PeerChallengeDelivered', schemaVersion, data: delivered };
  const days = (): object => {
    if (random.percent(25)) return {};
    return schemaVersion === 1
      ? { days: random.between(0, 10) }
      : { daysHundredths: random.between(0, 20) * 50 };
  };
  const team = Array.from({ length: random.below(6) }, () => ({
    person: random.pick(world.persons),
    role: random.pick(peerRoles),
    ...(random.percent(80) && { home: someBody(random, world) }),
    ...days(),
  }));
  return { type: 'PeerChallengeDelivered', schemaVersion, data: { ...delivered, team } };
}

function place(random: Random, world: World): EventData<'PlaceBooked'> {
  return {
    offer: random.percent(60) ? 'leadership-academy' : someOffer(random),
    occurred: someSpan(random),
    person: random.pick(world.persons),
    body: someBody(random, world),
    course: `Course ${random.between(1, 3)}`,
    party: random.pick(Party.options.slice(0, 4).concat('not stated')),
  };
}

function whatAndWhen(random: Random): Pick<EventData<'SupportProvided'>, 'offer' | 'occurred'> {
  return { offer: someOffer(random), occurred: someSpan(random) };
}

function membership(random: Random, world: World): Pick<EventData<'MembershipStarted'>, 'offer' | 'body'> {
  return {
    offer: random.percent(80) ? 'planning-subscription' : someOffer(random),
    body: someBody(random, world),
  };
}

const makers = {
  PeerChallengeDelivered: peerChallenge,
  PlaceBooked: (random, world) => content('PlaceBooked', place(random, world)),
  CouncillorTrained: (random, world) => content('CouncillorTrained', place(random, world)),
  CourseCompleted: (random, world) => content('CourseCompleted', place(random, world)),
  PlaceGivenUp: (random, world) => content('PlaceGivenUp', place(random, world)),
  SupportProvided: (random, world) =>
    content('SupportProvided', { ...whatAndWhen(random), bodies: someBodies(random, world) }),
  OfficerDeveloped: (random, world) =>
    content('OfficerDeveloped', {
      ...whatAndWhen(random),
      ...(random.percent(60) && { person: random.pick(world.persons) }),
      body: someBody(random, world),
      course: 'A course for officers',
    }),
  GraduatePlaced: (random, world) =>
    content('GraduatePlaced', {
      ...whatAndWhen(random),
      ...(random.percent(60) && { person: random.pick(world.persons) }),
      body: someBody(random, world),
    }),
  PeerTrained: (random, world) =>
    content('PeerTrained', {
      ...whatAndWhen(random),
      person: random.pick(world.persons),
      ...(random.percent(60) && { body: someBody(random, world) }),
    }),
  EventHeld: (random, world) =>
    content('EventHeld', {
      ...whatAndWhen(random),
      title: `Event ${random.between(1, 9)}`,
      ...(random.percent(60) && { bodies: someBodies(random, world) }),
      ...(random.percent(70) && { attendees: random.between(0, 400) }),
    }),
  GrantAwarded: (random, world) =>
    content('GrantAwarded', {
      ...whatAndWhen(random),
      bodies: someBodies(random, world),
      pence: random.between(0, 50_000_000),
    }),
  MembershipStarted: (random, world) =>
    content('MembershipStarted', { ...membership(random, world), from: someDay(random) }),
  MembershipEnded: (random, world) =>
    content('MembershipEnded', { ...membership(random, world), on: someDay(random) }),
} as const satisfies Record<string, (random: Random, world: World) => Content>;

const openings: readonly (readonly [number, OpeningType])[] = [
  [8, 'PeerChallengeDelivered'],
  [7, 'PlaceBooked'],
  [6, 'CouncillorTrained'],
  [1, 'CourseCompleted'],
  [8, 'SupportProvided'],
  [3, 'OfficerDeveloped'],
  [2, 'GraduatePlaced'],
  [2, 'PeerTrained'],
  [3, 'EventHeld'],
  [3, 'GrantAwarded'],
  [5, 'MembershipStarted'],
];

/** With what a new activity begins. */
export function someOpening(random: Random): OpeningType {
  return random.weighted(openings);
}

/** Whether a type is of an activity, so that content can be made for it. */
export function isActivityType(type: string): type is keyof typeof makers {
  return Object.hasOwn(makers, type);
}

/** Content of a type, at random. */
export function activityContent(type: keyof typeof makers, random: Random, world: World): Content {
  return makers[type](random, world);
}

const placeTypes = ['PlaceBooked', 'CouncillorTrained', 'CourseCompleted', 'PlaceGivenUp'] as const;

/**
 * What may come next in the stream of an activity that says one thing already: the next state of the same place,
 * or the end of a membership. Undefined where nothing may.
 */
export function furtherContent(said: Content, random: Random): Content | undefined {
  if (placeTypes.some((type) => type === said.type)) {
    const type = random.pick(placeTypes);
    // The same person on the same course; when it was may differ.
    return { type, schemaVersion: 1, data: { ...said.data, occurred: someSpan(random) } };
  }
  if (said.type !== 'MembershipStarted') return undefined;
  const { from, ...rest } = said.data;
  return {
    type: 'MembershipEnded',
    schemaVersion: 1,
    data: { ...rest, on: dayAfterOrLater(String(from), random) },
  };
}

/** The first day without a membership: never before it began. */
function dayAfterOrLater(from: string, random: Random): string {
  const day = someDay(random);
  if (day > from) return day;
  return `${Number(from.slice(0, 4)) + 1}${from.slice(4)}`;
}
