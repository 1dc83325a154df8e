import { financialYearLabel, yearOfSpan } from '@ledger/calendar';
import type { Thing } from '@ledger/domain';
import type { DocumentVersion, FoundDocument } from '@ledger/read-store';
import { foldText } from './fold-text';

/** What lists show of a record: made of its own stream only; names are joined when it is asked for. */
export interface RecordDocument {
  readonly type: string;
  readonly title: string;
  readonly offer: string | null;
  readonly bodies: readonly { readonly body: string; readonly role: string }[];
  readonly from: string;
  readonly to: string;
  readonly state: 'standing' | 'withdrawn' | 'merged';
  readonly illustrative: boolean;
  /** Of a figure brought forward: its id. */
  readonly figure: string | null;
  readonly revision: string;
}

type Told = Pick<RecordDocument, 'title' | 'offer' | 'bodies' | 'from' | 'to' | 'figure'>;

const alone = (body: string | undefined, role: string): RecordDocument['bodies'] =>
  body === undefined ? [] : [{ body, role }];

/** What the last standing content of a record says, in the terms of a list. */
function told(thing: Thing): Told & { readonly type: string } {
  const content = thing.contents.findLast(({ withdrawn }) => !withdrawn) ?? thing.contents.at(-1);
  if (content === undefined)
    return { type: '', title: '', offer: null, bodies: [], from: '', to: '', figure: null };
  const { event } = content;
  switch (event.type) {
    case 'PeerChallengeDelivered':
    case 'SupportProvided':
    case 'EventHeld':
    case 'GrantAwarded': {
      const { title = '', offer, bodies = [], occurred } = event.data;
      return { type: event.type, title, offer, bodies, ...occurred, figure: null };
    }
    case 'PlaceBooked':
    case 'CouncillorTrained':
    case 'CourseCompleted':
    case 'PlaceGivenUp': {
      const { course, offer, body, occurred } = event.data;
      return {
        type: event.type,
        title: course,
        offer,
        bodies: alone(body, 'participant'),
        ...occurred,
        figure: null,
      };
    }
    case 'OfficerDeveloped': {
      const { course, offer, body, occurred } = event.data;
      return {
        type: event.type,
        title: course,
        offer,
        bodies: alone(body, 'participant'),
        ...occurred,
        figure: null,
      };
    }
    case 'GraduatePlaced':
    case 'PeerTrained': {
      const { offer, body, occurred } = event.data;
      const role = event.type === 'PeerTrained' ? 'participant' : 'recipient';
      return { type: event.type, title: '', offer, bodies: alone(body, role), ...occurred, figure: null };
    }
    case 'MembershipStarted': {
      const { offer, body, from } = event.data;
      return {
        type: event.type,
        title: '',
        offer,
        bodies: alone(body, 'member'),
        from,
        to: from,
        figure: null,
      };
    }
    case 'MembershipEnded': {
      const { offer, body, on } = event.data;
      return {
        type: event.type,
        title: '',
        offer,
        bodies: alone(body, 'member'),
        from: on,
        to: on,
        figure: null,
      };
    }
    case 'MetricObserved': {
      const { metric, offer = null, body, occurred } = event.data;
      return {
        type: event.type,
        title: metric,
        offer,
        bodies: alone(body, 'member'),
        ...occurred,
        figure: null,
      };
    }
    case 'EarlierSupportDeclared': {
      const { source, offer, body, upTo } = event.data;
      return {
        type: event.type,
        title: source,
        offer,
        bodies: alone(body, 'recipient'),
        from: upTo,
        to: upTo,
        figure: null,
      };
    }
    case 'SavingsRecorded': {
      const { title, offer = null, bodies, occurred } = event.data;
      return { type: event.type, title, offer, bodies, ...occurred, figure: null };
    }
    case 'FigureBroughtForward': {
      const { figure, measure, programme, financialYear } = event.data;
      const first = Math.floor(financialYear / 100);
      const span = { from: `${first}-04-01`, to: `${first + 1}-03-31` };
      return {
        type: event.type,
        title: `${programme}: ${measure}`.slice(0, 120),
        offer: null,
        bodies: [],
        ...span,
        figure,
      };
    }
    default:
      return { type: event.type, title: '', offer: null, bodies: [], from: '', to: '', figure: null };
  }
}

/** The version of a record's document that its thing makes at a position. */
export function recordDocument(thing: Thing, ordinal: number, position: number): DocumentVersion {
  const { type, title, offer, bodies, from, to, figure } = told(thing);
  const year = from === '' ? null : yearOfSpan({ from, to });
  const state = thing.mergedInto !== null ? 'merged' : thing.withdrawn ? 'withdrawn' : 'standing';
  const document: RecordDocument = {
    type,
    title,
    offer,
    bodies: bodies.map(({ body, role }) => ({ body, role })),
    from,
    to,
    state,
    illustrative: thing.illustrative,
    figure,
    revision: String(thing.revision),
  };
  const keys = [`type:${type}`];
  if (offer !== null) keys.push(`offer:${offer}`);
  if (year !== null) keys.push(`year:${year}`);
  if (figure !== null) keys.push(`figure:${figure}`);
  for (const body of new Set(bodies.map(({ body }) => body))) keys.push(`body:${body}`);
  return {
    collection: thing.kind,
    id: thing.id,
    ordinal,
    position,
    keys,
    search: foldText(
      `${title} ${offer ?? ''} ${type} ${figure ?? ''} ${year === null ? '' : financialYearLabel(year)}`,
    ),
    body: JSON.stringify(document),
  };
}

/** Reads a record document back. */
export function parseRecordDocument(version: FoundDocument): RecordDocument {
  // Bodies of these collections are only ever made above.
  return JSON.parse(version.body) as RecordDocument;
}
