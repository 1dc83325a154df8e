import { amountsOfClaim } from './claims';
import { dayBefore } from './dates';
import { objectAt, objectsAt, textAt, textOrNull, wholeAt, wholeOrNull, type JsonObject } from './json';
import type { StandingContent } from './things';

/** One thing that can be counted: what a content event says about a body, a person, days or pence. */
export interface Entry {
  /** The word by which a measure's parameters ask for it. */
  readonly kind: string;
  readonly stream: string;
  readonly contentId: string;
  readonly event: string;
  readonly from: string;
  readonly to: string;
  readonly offer: string | null;
  readonly body: string | null;
  readonly role: string | null;
  readonly person: string | null;
  readonly party: string | null;
  /** The metric observed, or whether a declaration says "had" or "none". */
  readonly subject: string | null;
  readonly quantity: number;
}

/** The end of what has not ended. */
const never = '9999-12-31';
const always = '0001-01-01';

const kindOfPlace: ReadonlyMap<string, string> = new Map([
  ['PlaceBooked', 'booking'],
  ['CouncillorTrained', 'attendance'],
  ['CourseCompleted', 'completion'],
  ['PlaceGivenUp', 'given-up'],
  ['OfficerDeveloped', 'officer'],
  ['GraduatePlaced', 'graduate'],
  ['PeerTrained', 'peer-trained'],
]);

export function blank(content: StandingContent, from: string, to: string): Entry {
  return {
    kind: '',
    stream: content.stream,
    contentId: content.id,
    event: content.type,
    from,
    to,
    offer: textOrNull(content.data, 'offer'),
    body: null,
    role: null,
    person: null,
    party: null,
    subject: null,
    quantity: 1,
  };
}

function dated(content: StandingContent): Entry {
  const occurred = objectAt(content.data, 'occurred');
  return blank(content, textAt(occurred, 'from'), textAt(occurred, 'to'));
}

function ofBodies(entry: Entry, kind: string, bodies: readonly JsonObject[]): Entry[] {
  return bodies.map((item) => ({ ...entry, kind, body: textAt(item, 'body'), role: textAt(item, 'role') }));
}

function ofTeam(entry: Entry, team: readonly JsonObject[]): Entry[] {
  const entries: Entry[] = [];
  for (const item of team) {
    const role = textAt(item, 'role');
    const peer = {
      ...entry,
      kind: 'peer',
      person: textAt(item, 'person'),
      body: textOrNull(item, 'home'),
      // "member" is a role of bodies too, so that of a peer has a word of its own.
      role: role === 'member' ? 'team-member' : role,
    };
    entries.push(peer);
    const hundredths = wholeOrNull(item, 'daysHundredths');
    if (hundredths !== null) entries.push({ ...peer, kind: 'peer-days', quantity: hundredths });
  }
  return entries;
}

function ofClaim(entry: Entry, { data, story }: StandingContent): Entry[] {
  const entries: Entry[] = [{ ...entry, kind: 'claim' }];
  for (const item of objectsAt(data, 'bodies')) {
    entries.push(...ofBodies(entry, 'claim-body', [item]));
    const pence = wholeOrNull(item, 'sharePence');
    if (pence !== null && !story.rejected)
      entries.push(...ofBodies(entry, 'gain-share', [item]).map((share) => ({ ...share, quantity: pence })));
  }
  for (const { kind, pence } of amountsOfClaim(data, story))
    entries.push({ ...entry, kind, quantity: pence });
  return entries;
}

/** A membership lasts until the day before the first standing end in its stream. */
function ofMembership(content: StandingContent, ends: ReadonlyMap<string, string>): Entry[] {
  const end = ends.get(content.stream);
  const entry = blank(content, textAt(content.data, 'from'), end === undefined ? never : dayBefore(end));
  return [{ ...entry, kind: 'membership', role: 'member', body: textAt(content.data, 'body') }];
}

function ofContent(content: StandingContent, ends: ReadonlyMap<string, string>): Entry[] {
  const { type, data } = content;
  switch (type) {
    case 'PeerChallengeDelivered':
    case 'SupportProvided':
    case 'EventHeld':
    case 'GrantAwarded': {
      if (textOrNull(data, 'level') !== textOrNull(data, 'countedLevel')) return [];
      const entry = dated(content);
      const entries = [
        { ...entry, kind: 'activity' },
        ...ofBodies(entry, 'support', objectsAt(data, 'bodies')),
        ...ofTeam(entry, objectsAt(data, 'team')),
      ];
      const attendees = wholeOrNull(data, 'attendees');
      if (attendees !== null) entries.push({ ...entry, kind: 'attendees', quantity: attendees });
      const pence = wholeOrNull(data, 'pence');
      if (pence !== null) entries.push({ ...entry, kind: 'grant', quantity: pence });
      return entries;
    }
    case 'PlaceBooked':
    case 'CouncillorTrained':
    case 'CourseCompleted':
    case 'PlaceGivenUp':
    case 'OfficerDeveloped':
    case 'GraduatePlaced':
    case 'PeerTrained':
      return [
        {
          ...dated(content),
          kind: kindOfPlace.get(type) ?? '',
          body: textOrNull(data, 'body'),
          role: type === 'GraduatePlaced' ? 'recipient' : 'participant',
          person: textOrNull(data, 'person'),
          party: textOrNull(data, 'party'),
        },
      ];
    case 'MembershipStarted':
      return ofMembership(content, ends);
    case 'EarlierSupportDeclared':
      return [
        {
          ...blank(content, always, textAt(data, 'upTo')),
          kind: 'earlier',
          body: textOrNull(data, 'body'),
          person: textOrNull(data, 'person'),
          subject: data['had'] === true ? 'had' : 'none',
        },
      ];
    case 'MetricObserved':
      return [
        {
          ...dated(content),
          kind: 'metric',
          body: textOrNull(data, 'body'),
          subject: textAt(data, 'metric'),
          quantity: wholeAt(data, 'value'),
        },
      ];
    case 'SurveyResultRecorded':
      return [{ ...dated(content), kind: 'survey', quantity: wholeAt(data, 'responses') }];
    case 'SavingsRecorded':
      return ofClaim(dated(content), content);
    default:
      // A figure brought forward is never counted, and the end of a membership shortens its start.
      return [];
  }
}

/** Everything that can be counted of what stands, but for deliverables. */
export function entriesOf(contents: readonly StandingContent[]): Entry[] {
  const ends = new Map<string, string>();
  for (const { type, stream, data } of contents)
    if (type === 'MembershipEnded' && !ends.has(stream)) ends.set(stream, textAt(data, 'on'));
  const entries: Entry[] = [];
  for (const content of contents) entries.push(...ofContent(content, ends));
  return entries;
}
