import { addDays } from '@ledger/calendar';
import type { EventData } from '@ledger/events';
import type { StandingContent, Thing } from '../things/thing';
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

function deliveredLines(common: Common, bodies: EventData<'SupportProvided'>['bodies']): Line[] {
  return [
    line({ ...common, kind: 'activity' }),
    ...bodies.map(({ body, role }) => line({ ...common, kind: 'support', body, role })),
  ];
}

function teamLines(common: Common, team: EventData<'PeerChallengeDelivered'>['team']): Line[] {
  return (team ?? []).flatMap(({ person, role, home, daysHundredths }) => {
    const peer = {
      ...common,
      person,
      body: home ?? null,
      role: role === 'member' ? ('team-member' as const) : role,
    };
    const place = line({ ...peer, kind: 'peer' });
    return daysHundredths === undefined
      ? [place]
      : [place, line({ ...peer, kind: 'peer-days', quantity: daysHundredths })];
  });
}

function claimLines(data: EventData<'SavingsRecorded'>, common: Common): Line[] {
  const claim = {
    ...common,
    savingsArea: data.savingsArea ?? null,
    gainType: data.gainType,
    realisation: data.realisation,
    // SavingsRecorded opens the claim; nobody has submitted it yet.
    assurance: 'draft',
  };
  const lines: Line[] = [line({ ...claim, kind: 'claim' })];
  for (const { body, role, sharePence } of data.bodies) {
    lines.push(line({ ...claim, kind: 'claim-body', body, role }));
    if (sharePence !== undefined)
      lines.push(line({ ...claim, kind: 'gain-share', body, role, quantity: sharePence }));
  }
  for (const { fromYear, toYear, basis: amountBasis, grossPence, costPence, qualifier } of data.amounts) {
    const amount = { ...claim, amountFrom: fromYear, amountTo: toYear, amountBasis, qualifier };
    lines.push(line({ ...amount, kind: 'gain', quantity: grossPence }));
    if (costPence !== undefined) lines.push(line({ ...amount, kind: 'gain-cost', quantity: costPence }));
  }
  return lines;
}

/** A membership is a span: it lasts until the event that ends it. */
function membershipLines(thing: Thing): Line[] {
  if (!thing.contents.some(({ event }) => event.type === 'MembershipStarted')) return [];
  const standing = thing.contents.filter((content) => !content.withdrawn);
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
        illustrative: thing.illustrative,
      }),
    ];
  });
}

/** Contents never change, so their lines are made once and are the same objects as long as the content stands. */
const madeLines = new WeakMap<
  StandingContent,
  { readonly illustrative: boolean; readonly lines: readonly Line[] }
>();

function contentLines(content: StandingContent, illustrative: boolean): readonly Line[] {
  const made = madeLines.get(content);
  if (made?.illustrative === illustrative) return made.lines;
  const lines = makeContentLines(content, illustrative);
  madeLines.set(content, { illustrative, lines });
  return lines;
}

function makeContentLines({ event }: StandingContent, illustrative: boolean): Line[] {
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
      return deliveredLines(when(event.data), event.data.bodies);
    case 'EventHeld': {
      const common = when(event.data);
      const lines = deliveredLines(common, event.data.bodies ?? []);
      if (event.data.attendees !== undefined)
        lines.push(line({ ...common, kind: 'attendees', quantity: event.data.attendees }));
      return lines;
    }
    case 'GrantAwarded': {
      const common = when(event.data);
      return [
        ...deliveredLines(common, event.data.bodies),
        line({ ...common, kind: 'grant', quantity: event.data.pence }),
      ];
    }
    case 'PlaceBooked':
    case 'CouncillorTrained':
    case 'CourseCompleted':
    case 'PlaceGivenUp': {
      const { person, body, party } = event.data;
      return [
        line({ ...when(event.data), kind: placeKinds[event.type], role: 'participant', person, body, party }),
      ];
    }
    case 'OfficerDeveloped': {
      const { person = null, body } = event.data;
      return [line({ ...when(event.data), kind: 'officer', role: 'participant', person, body })];
    }
    case 'GraduatePlaced': {
      const { person = null, body } = event.data;
      return [line({ ...when(event.data), kind: 'graduate', role: 'recipient', person, body })];
    }
    case 'PeerTrained': {
      const { person, body = null } = event.data;
      return [line({ ...when(event.data), kind: 'peer-trained', role: 'participant', person, body })];
    }
    case 'MetricObserved': {
      const { metric, body = null, value, qualifier } = event.data;
      return [
        line({ ...when(event.data), kind: 'metric', subject: metric, body, quantity: value, qualifier }),
      ];
    }
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
    case 'SavingsRecorded':
      return claimLines(event.data, when(event.data));
    default:
      return [];
  }
}

/** The line of a figure brought forward: it belongs to the whole year the figure is about. */
function figureLines(thing: Thing): Line[] {
  return thing.contents.flatMap(({ event, withdrawn }) => {
    if (withdrawn || event.type !== 'FigureBroughtForward') return [];
    const first = Math.floor(event.data.financialYear / 100);
    return [
      line({
        kind: 'figure',
        event: event.type,
        subject: event.data.figure,
        from: `${first}-04-01`,
        to: `${first + 1}-03-31`,
        basis: 'report-year',
        illustrative: false,
      }),
    ];
  });
}

/**
 * The lines a thing has now. A record that was withdrawn or merged away has none; a content event that was
 * withdrawn has none. Pure, and of this one thing only.
 */
export function linesOf(thing: Thing): readonly Line[] {
  if (thing.withdrawn || thing.mergedInto !== null) return [];
  const lines = [...membershipLines(thing), ...figureLines(thing)];
  for (const content of thing.contents)
    if (!content.withdrawn) lines.push(...contentLines(content, thing.illustrative));
  return lines;
}
