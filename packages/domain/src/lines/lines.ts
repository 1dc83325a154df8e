import { addDays } from '@ledger/calendar';
import type { EventData, LedgerEvent } from '@ledger/events';
import { isCounted } from '../things/hierarchy';
import type { StandingContent, Thing } from '../things/thing';
import { claimLines } from './claim-lines';
import { deliverableLines } from './deliverable-lines';
import { line, openEnd, type Line, type LineKind } from './line';

type When = Pick<Line, 'from' | 'to' | 'basis'>;

/** What every line of one content event shares. */
interface Common extends When {
  readonly event: Line['event'];
  readonly offer: string | null;
  readonly illustrative: boolean;
}

const placeKinds = {
  PlaceBooked: 'booking',
  CouncillorTrained: 'attendance',
  CourseCompleted: 'completion',
  PlaceGivenUp: 'given-up',
} as const satisfies Record<string, LineKind>;

/** What lines of activities differ in. */
interface Particulars {
  readonly kind: LineKind;
  readonly body: string | null;
  readonly role: Line['role'];
  readonly person: string | null;
  readonly party: Line['party'];
  readonly quantity: number;
}

/** A line of an activity. All have one shape, made in this one place: a ledger makes millions of them. */
function activityLine(
  { event, offer, from, to, basis, illustrative }: Common,
  { kind, body, role, person, party, quantity }: Particulars,
): Line {
  return {
    kind,
    event,
    offer,
    savingsArea: null,
    body,
    role,
    person,
    party,
    from,
    to,
    basis,
    amountFrom: null,
    amountTo: null,
    gainType: null,
    realisation: null,
    assurance: null,
    amountBasis: null,
    qualifier: null,
    subject: null,
    illustrative,
    quantity,
  };
}

/*
 * A line whose quantity is no number, made before any other and thrown away. The engine keeps fields of small and of
 * other numbers in different ways and rebuilds every object of a shape when a field turns from one to the other; the
 * quantities of lines are both (one thing, and pence), which cost a tenth of a rebuild. After this it keeps the field as
 * it is.
 */
activityLine(
  { event: 'GrantAwarded', offer: null, from: '', to: '', basis: 'stated', illustrative: false },
  // Not a number, for the reason above.
  { kind: 'grant', body: null, role: null, person: null, party: null, quantity: null as unknown as number },
);

function quantityLine(common: Common, kind: LineKind, quantity: number): Line {
  return activityLine(common, { kind, body: null, role: null, person: null, party: null, quantity });
}

function placeLine(
  common: Common,
  kind: LineKind,
  role: Line['role'],
  place: { readonly person: string | null; readonly body: string | null; readonly party: Line['party'] },
): Line {
  const { person, body, party } = place;
  return activityLine(common, { kind, body, role, person, party, quantity: 1 });
}

function deliveredLines(common: Common, bodies: EventData<'SupportProvided'>['bodies']): Line[] {
  const lines = [quantityLine(common, 'activity', 1)];
  for (const { body, role } of bodies)
    lines.push(placeLine(common, 'support', role, { person: null, body, party: null }));
  return lines;
}

function teamLines(common: Common, team: EventData<'PeerChallengeDelivered'>['team']): Line[] {
  const lines: Line[] = [];
  for (const { person, role: inTeam, home: body = null, daysHundredths } of team ?? []) {
    const role = inTeam === 'member' ? ('team-member' as const) : inTeam;
    lines.push(placeLine(common, 'peer', role, { person, body, party: null }));
    if (daysHundredths !== undefined)
      lines.push(
        activityLine(common, {
          kind: 'peer-days',
          body,
          role,
          person,
          party: null,
          quantity: daysHundredths,
        }),
      );
  }
  return lines;
}

/**
 * Whether lines follow from a content together with the rest of its stream: of memberships, deliverables and claims they
 * do.
 */
export function isOfSeveral(type: LedgerEvent['type']): boolean {
  return (
    type === 'MembershipStarted' ||
    type === 'MembershipEnded' ||
    type === 'DeliverableAgreed' ||
    type === 'DeliverableRated' ||
    type === 'SavingsRecorded'
  );
}

/** The lines that follow from the contents of a thing and its life together; those of all others follow from each alone. */
export function linesOfSeveral(
  contents: readonly Pick<StandingContent, 'event' | 'withdrawn'>[],
  { illustrative, claim }: Pick<Thing, 'illustrative' | 'claim'>,
): readonly Line[] {
  const first = contents[0]?.event;
  if (first?.type === 'SavingsRecorded') return claimLines(first.data, claim, illustrative);
  const type = first?.type;
  return type === 'DeliverableAgreed' || type === 'DeliverableRated'
    ? deliverableLines(contents, illustrative)
    : membershipLines(contents, illustrative);
}

/** The lines of the contents of a membership. It is a span: it lasts until the event that ends it. */
function membershipLines(
  contents: readonly Pick<StandingContent, 'event' | 'withdrawn'>[],
  illustrative: boolean,
): Line[] {
  const standing = contents.filter((content) => !content.withdrawn);
  const ended = standing.find((content) => content.event.type === 'MembershipEnded');
  return standing.flatMap(({ event }) => {
    if (event.type !== 'MembershipStarted') return [];
    const { offer, body, from } = event.data;
    // `on` is the first day without the membership; lines have inclusive ends.
    const to = ended?.event.type === 'MembershipEnded' ? addDays(ended.event.data.on, -1) : openEnd;
    return [
      line({
        kind: 'membership',
        event: event.type,
        offer,
        body,
        role: 'member',
        from,
        to,
        basis: 'stated',
        illustrative,
      }),
    ];
  });
}

/** The lines of one content that depend on no other content of its thing. */
export function linesOfContent(event: LedgerEvent, illustrative: boolean): Line[] {
  const when = (data: { readonly occurred: When; readonly offer?: string | undefined }): Common => ({
    event: event.type,
    offer: data.offer ?? null,
    from: data.occurred.from,
    to: data.occurred.to,
    basis: data.occurred.basis,
    illustrative,
  });
  switch (event.type) {
    case 'PeerChallengeDelivered': {
      const common = when(event.data);
      return [...deliveredLines(common, event.data.bodies), ...teamLines(common, event.data.team)];
    }
    case 'SupportProvided':
      return isCounted(event.data) ? deliveredLines(when(event.data), event.data.bodies) : [];
    case 'EventHeld': {
      if (!isCounted(event.data)) return [];
      const common = when(event.data);
      const lines = deliveredLines(common, event.data.bodies ?? []);
      if (event.data.attendees !== undefined)
        lines.push(quantityLine(common, 'attendees', event.data.attendees));
      return lines;
    }
    case 'GrantAwarded': {
      if (!isCounted(event.data)) return [];
      const common = when(event.data);
      return [...deliveredLines(common, event.data.bodies), quantityLine(common, 'grant', event.data.pence)];
    }
    case 'PlaceBooked':
    case 'CouncillorTrained':
    case 'CourseCompleted':
    case 'PlaceGivenUp': {
      const { person, body, party } = event.data;
      return [placeLine(when(event.data), placeKinds[event.type], 'participant', { person, body, party })];
    }
    case 'OfficerDeveloped': {
      const { person = null, body } = event.data;
      return [placeLine(when(event.data), 'officer', 'participant', { person, body, party: null })];
    }
    case 'GraduatePlaced': {
      const { person = null, body } = event.data;
      return [placeLine(when(event.data), 'graduate', 'recipient', { person, body, party: null })];
    }
    case 'PeerTrained': {
      const { person, body = null } = event.data;
      return [placeLine(when(event.data), 'peer-trained', 'participant', { person, body, party: null })];
    }
    case 'MetricObserved': {
      const { metric, body = null, value, qualifier } = event.data;
      return [
        line({ ...when(event.data), kind: 'metric', subject: metric, body, quantity: value, qualifier }),
      ];
    }
    case 'SurveyResultRecorded':
      return [quantityLine(when(event.data), 'survey', event.data.responses)];
    case 'EarlierSupportDeclared': {
      const { offer, body = null, person = null, had, upTo } = event.data;
      return [
        line({
          kind: 'earlier',
          event: event.type,
          offer,
          body,
          person,
          // Older than anything: the declaration speaks of all time up to a date.
          from: '0001-01-01',
          to: upTo,
          basis: 'stated',
          subject: had ? 'had' : 'none',
          illustrative,
        }),
      ];
    }
    case 'FigureBroughtForward':
      return [figureLine(event.data)];
    default:
      return [];
  }
}

/** The line of a figure brought forward: it belongs to the whole year the figure is about. */
function figureLine({ figure, financialYear }: EventData<'FigureBroughtForward'>): Line {
  const first = Math.floor(financialYear / 100);
  return line({
    kind: 'figure',
    event: 'FigureBroughtForward',
    subject: figure,
    from: `${first}-04-01`,
    to: `${first + 1}-03-31`,
    basis: 'report-year',
    illustrative: false,
  });
}

/**
 * The lines a thing has now. A record that was withdrawn or merged away has none; a content event that was
 * withdrawn has none. Pure, and of this one thing only.
 */
export function linesOf(thing: Thing): readonly Line[] {
  const { contents, illustrative, withdrawn, mergedInto } = thing;
  if (withdrawn || mergedInto !== null) return [];
  const lines = [...linesOfSeveral(contents, thing)];
  for (const content of contents)
    if (!content.withdrawn) lines.push(...linesOfContent(content.event, illustrative));
  return lines;
}
