import { z } from 'zod';
import { defineEvent } from '../define-event';
import {
  BodiesInRoles,
  HierarchyLevel,
  Id,
  Label,
  LondonDate,
  Occurred,
  Party,
  Pence,
  Slug,
} from '../primitives';

const whatAndWhen = { offer: Slug, occurred: Occurred };
const delivered = { ...whatAndWhen, title: Label.optional(), bodies: BodiesInRoles };

/**
 * Where it stands in a hierarchy, and which level of that counts, as the offer declares it: so that what is counted follows
 * from the record alone (A12). Given together, or not at all.
 */
const inHierarchy = {
  level: HierarchyLevel.optional(),
  /** The activity that it is a part of. */
  partOf: Id.optional(),
  countedLevel: HierarchyLevel.optional(),
};

const PeerRole = z.enum(['lead', 'member', 'officer', 'manager']);
const teamMember = { person: Id, role: PeerRole, home: Id.optional() };

/** Days are integer hundredths since version 2: half days are common, and whole days lost them. */
const PeerChallengeV1 = z.strictObject({
  ...delivered,
  team: z
    .array(z.strictObject({ ...teamMember, days: z.int().min(0).max(1000).optional() }))
    .max(100)
    .optional(),
});
const PeerChallengeV2 = z.strictObject({
  ...delivered,
  team: z
    .array(z.strictObject({ ...teamMember, daysHundredths: z.int().min(0).max(100_000).optional() }))
    .max(100)
    .optional(),
});

export const PeerChallengeDelivered = defineEvent({
  type: 'PeerChallengeDelivered',
  version: 2,
  streams: ['activity'],
  content: true,
  meaning:
    'A team of peers challenged one or more councils; of whatever kind, remote ones and panels included.',
  data: PeerChallengeV2,
  formerly: { 1: PeerChallengeV1 },
  upcasts: {
    1: (data) => {
      const { team, ...rest } = PeerChallengeV1.parse(data);
      if (team === undefined) return rest;
      return {
        ...rest,
        team: team.map(({ days, ...peer }) =>
          days === undefined ? peer : { ...peer, daysHundredths: days * 100 },
        ),
      };
    },
  },
});

const place = { ...whatAndWhen, person: Id, body: Id, course: Label, party: Party };

export const PlaceBooked = defineEvent({
  type: 'PlaceBooked',
  streams: ['activity'],
  content: true,
  meaning: 'A person booked a place on a course. A booking is no attendance.',
  data: z.strictObject(place),
});
export const CouncillorTrained = defineEvent({
  type: 'CouncillorTrained',
  streams: ['activity'],
  content: true,
  meaning: 'A councillor attended a course.',
  data: z.strictObject(place),
});
export const CourseCompleted = defineEvent({
  type: 'CourseCompleted',
  streams: ['activity'],
  content: true,
  meaning: 'A person completed a course.',
  data: z.strictObject(place),
});
export const PlaceGivenUp = defineEvent({
  type: 'PlaceGivenUp',
  streams: ['activity'],
  content: true,
  meaning: 'A person gave up a booked place; the booking still counts as a booking made.',
  data: z.strictObject(place),
});

export const SupportProvided = defineEvent({
  type: 'SupportProvided',
  streams: ['activity'],
  content: true,
  meaning: 'Support of any other kind was given: one project, one piece of advice, one expert placed.',
  data: z.strictObject({ ...delivered, ...inHierarchy }),
});
export const OfficerDeveloped = defineEvent({
  type: 'OfficerDeveloped',
  streams: ['activity'],
  content: true,
  meaning: 'An officer of a body took part in a development programme.',
  data: z.strictObject({ ...whatAndWhen, person: Id.optional(), body: Id, course: Label }),
});
export const GraduatePlaced = defineEvent({
  type: 'GraduatePlaced',
  streams: ['activity'],
  content: true,
  meaning: 'A graduate was placed at a council.',
  data: z.strictObject({ ...whatAndWhen, person: Id.optional(), body: Id, cohort: Label.optional() }),
});
export const PeerTrained = defineEvent({
  type: 'PeerTrained',
  streams: ['activity'],
  content: true,
  meaning: 'A person was trained as a peer.',
  data: z.strictObject({ ...whatAndWhen, person: Id, body: Id.optional() }),
});
export const EventHeld = defineEvent({
  type: 'EventHeld',
  streams: ['activity'],
  content: true,
  meaning:
    'A conference, workshop or webinar was held; `attendees` is how many people came, where it was counted.',
  data: z.strictObject({
    ...whatAndWhen,
    title: Label,
    bodies: BodiesInRoles.optional(),
    attendees: z.int().min(0).max(10_000_000).optional(),
    ...inHierarchy,
  }),
});
export const GrantAwarded = defineEvent({
  type: 'GrantAwarded',
  streams: ['activity'],
  content: true,
  meaning: 'A grant was awarded to one or more bodies; how they share it is not given unless recorded apart.',
  data: z.strictObject({ ...delivered, pence: Pence, ...inHierarchy }),
});
export const MembershipStarted = defineEvent({
  type: 'MembershipStarted',
  streams: ['activity'],
  content: true,
  meaning: 'A body became a member or subscriber of an offer, from a date.',
  data: z.strictObject({ offer: Slug, body: Id, from: LondonDate }),
});
export const MembershipEnded = defineEvent({
  type: 'MembershipEnded',
  streams: ['activity'],
  content: true,
  meaning: 'A membership ended: `on` is the first day without it.',
  data: z.strictObject({ offer: Slug, body: Id, on: LondonDate }),
});
