import { financialYearSpan } from '@ledger/calendar';
import { levelOf, spanOfContent, type Thing } from '@ledger/domain';
import type { EventType, HierarchyLevel, LedgerEvent } from '@ledger/events';

/** What lists show of a record: made of its own stream only; names are joined when it is asked for. */
export interface RecordDocument {
  readonly type: string;
  readonly title: string;
  readonly offer: string | null;
  /** In a hierarchy of activities: programme, project or session. */
  readonly level: HierarchyLevel | null;
  readonly bodies: readonly { readonly body: string; readonly role: string }[];
  /** Whose part in something it is, where it is one person's. */
  readonly person: string | null;
  readonly from: string;
  readonly to: string;
  readonly state: 'standing' | 'withdrawn' | 'merged';
  readonly illustrative: boolean;
  /** Of a figure brought forward: its id. */
  readonly figure: string | null;
}

type Told = Pick<
  RecordDocument,
  'title' | 'offer' | 'level' | 'bodies' | 'person' | 'from' | 'to' | 'figure'
>;

/** The role of a body that a content event names alone. */
const loneRoles: Partial<Record<EventType, string>> = {
  GraduatePlaced: 'recipient',
  EarlierSupportDeclared: 'recipient',
  MembershipStarted: 'member',
  MembershipEnded: 'member',
  MetricObserved: 'member',
};

export function bodiesOf({ type, data }: LedgerEvent): RecordDocument['bodies'] {
  if ('bodies' in data) return (data.bodies ?? []).map(({ body, role }) => ({ body, role }));
  if (!('body' in data) || data.body === undefined) return [];
  return [{ body: data.body, role: loneRoles[type] ?? 'participant' }];
}

export function titleOf({ data }: LedgerEvent): string {
  if ('title' in data) return data.title ?? '';
  if ('course' in data) return data.course;
  if ('metric' in data) return data.metric;
  if ('question' in data) return data.question;
  if ('figure' in data) return `${data.programme}: ${data.measure}`.slice(0, 120);
  return 'upTo' in data ? data.source : '';
}

export function spanOf(event: LedgerEvent): { readonly from: string; readonly to: string } {
  if (event.type === 'FigureBroughtForward') return financialYearSpan(event.data.financialYear);
  if (event.type === 'DeliverableAgreed') return financialYearSpan(event.data.year);
  return spanOfContent(event) ?? { from: '', to: '' };
}

/** What a content event says, in the terms of a list; none where a record has no content. */
function told(event: LedgerEvent | undefined): Told & { readonly type: string } {
  if (event === undefined)
    return {
      type: '',
      title: '',
      offer: null,
      level: null,
      bodies: [],
      person: null,
      from: '',
      to: '',
      figure: null,
    };
  const { from, to } = spanOf(event);
  return {
    type: event.type,
    title: titleOf(event),
    offer: 'offer' in event.data ? (event.data.offer ?? null) : null,
    level: levelOf(event),
    bodies: bodiesOf(event),
    person: 'person' in event.data ? (event.data.person ?? null) : null,
    from,
    to,
    figure: event.type === 'FigureBroughtForward' ? event.data.figure : null,
  };
}

/** The content that a list shows of a record: the last that stands, or the last; of a deliverable what was agreed. */
export function shownContent<C>({ kind, contents }: Thing<C>): C | undefined {
  if (kind === 'deliverable') return contents[0]?.event;
  return (contents.findLast(({ withdrawn }) => !withdrawn) ?? contents.at(-1))?.event;
}

/** What a thing says, in the terms of a list. */
export function recordDocument(thing: Thing): RecordDocument {
  const state = thing.mergedInto !== null ? 'merged' : thing.withdrawn ? 'withdrawn' : 'standing';
  return { ...told(shownContent(thing)), state, illustrative: thing.illustrative };
}
