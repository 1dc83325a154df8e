import { financialYearLabel, financialYearSpan, yearOfSpan } from '@ledger/calendar';
import { spanOfContent, type Thing } from '@ledger/domain';
import type { EventType, LedgerEvent } from '@ledger/events';
import type { DocumentVersion, FoundDocument } from '@ledger/read-store';
import { foldText } from './fold-text';

/** What lists show of a record: made of its own stream only; names are joined when it is asked for. */
export interface RecordDocument {
  readonly type: string;
  readonly title: string;
  readonly offer: string | null;
  readonly bodies: readonly { readonly body: string; readonly role: string }[];
  /** Whose part in something it is, where it is one person's. */
  readonly person: string | null;
  readonly from: string;
  readonly to: string;
  readonly state: 'standing' | 'withdrawn' | 'merged';
  readonly illustrative: boolean;
  /** Of a figure brought forward: its id. */
  readonly figure: string | null;
  readonly revision: string;
}

type Told = Pick<RecordDocument, 'title' | 'offer' | 'bodies' | 'person' | 'from' | 'to' | 'figure'>;

/** The role of a body that a content event names alone. */
const loneRoles: Partial<Record<EventType, string>> = {
  GraduatePlaced: 'recipient',
  EarlierSupportDeclared: 'recipient',
  MembershipStarted: 'member',
  MembershipEnded: 'member',
  MetricObserved: 'member',
};

function bodiesOf({ type, data }: LedgerEvent): RecordDocument['bodies'] {
  if ('bodies' in data) return (data.bodies ?? []).map(({ body, role }) => ({ body, role }));
  if (!('body' in data) || data.body === undefined) return [];
  return [{ body: data.body, role: loneRoles[type] ?? 'participant' }];
}

function titleOf({ data }: LedgerEvent): string {
  if ('title' in data) return data.title ?? '';
  if ('course' in data) return data.course;
  if ('metric' in data) return data.metric;
  if ('figure' in data) return `${data.programme}: ${data.measure}`.slice(0, 120);
  return 'upTo' in data ? data.source : '';
}

function spanOf(event: LedgerEvent): { readonly from: string; readonly to: string } {
  if (event.type === 'FigureBroughtForward') return financialYearSpan(event.data.financialYear);
  return spanOfContent(event) ?? { from: '', to: '' };
}

/** What the last standing content of a record says, in the terms of a list. */
function told(thing: Thing): Told & { readonly type: string } {
  const content = thing.contents.findLast(({ withdrawn }) => !withdrawn) ?? thing.contents.at(-1);
  if (content === undefined)
    return { type: '', title: '', offer: null, bodies: [], person: null, from: '', to: '', figure: null };
  const { event } = content;
  const { from, to } = spanOf(event);
  return {
    type: event.type,
    title: titleOf(event),
    offer: 'offer' in event.data ? (event.data.offer ?? null) : null,
    bodies: bodiesOf(event),
    person: 'person' in event.data ? (event.data.person ?? null) : null,
    from,
    to,
    figure: event.type === 'FigureBroughtForward' ? event.data.figure : null,
  };
}

/** The version of a record's document that its thing makes at a position. */
export function recordDocument(thing: Thing, ordinal: number, position: number): DocumentVersion {
  const { type, title, offer, bodies, person, from, to, figure } = told(thing);
  const year = from === '' ? null : yearOfSpan({ from, to });
  const state = thing.mergedInto !== null ? 'merged' : thing.withdrawn ? 'withdrawn' : 'standing';
  const document: RecordDocument = {
    type,
    title,
    offer,
    bodies,
    person,
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
