import type { BodyKind, Control, CouncilType, EventData, LedgerEvent, Region } from '@ledger/events';
import { readContent } from '@ledger/events';

/** One event of a body- stream. */
export interface BodyFact {
  readonly position: bigint;
  readonly eventId: string;
  readonly bodyId: string;
  readonly event: LedgerEvent;
}

/** How a body was replaced (F3). */
export type Lineage = EventData<'BodyDissolved'>['successors'][number]['lineage'];

/** A statement in force about a body, and the event that made it (or last corrected it). */
export interface Stated<T> {
  readonly eventId: string;
  readonly position: bigint;
  readonly value: T;
}

/** What the register says about one body, corrections and withdrawals applied. */
export interface Body {
  readonly id: string;
  readonly kind: BodyKind;
  readonly name: string;
  readonly otherNames: readonly string[];
  readonly type: CouncilType | null;
  readonly region: Region | null;
  /** Of a district: its county. */
  readonly county: string | null;
  /** First day, null for always; first day without it, null where none is known. */
  readonly from: string | null;
  readonly until: string | null;
  readonly registered: Stated<EventData<'BodyRegistered'>>;
  readonly dissolved: Stated<EventData<'BodyDissolved'>> | null;
  readonly renamed: readonly Stated<EventData<'BodyRenamed'>>[];
  readonly codes: readonly {
    readonly system: string;
    readonly code: string;
    readonly from: string | null;
    readonly former: boolean;
  }[];
  /** In order of date; of two with one date, the one recorded later is in force. */
  readonly control: readonly Stated<EventData<'ControlRecorded'>>[];
}

/** A statement as it stands after corrections, or null once withdrawn. */
type Standing = Stated<LedgerEvent> | null;

/** Applies corrections and withdrawals to the statements of one body. */
function standing(facts: readonly BodyFact[]): Stated<LedgerEvent>[] {
  const statements = new Map<string, Standing>();
  for (const { eventId, position, event } of facts)
    switch (event.type) {
      case 'BodyFactCorrected': {
        const { corrects, type, schemaVersion, content } = event.data;
        const before = statements.get(corrects);
        if (before !== undefined && before !== null && before.value.type === type)
          statements.set(corrects, {
            eventId,
            position,
            value: readContent(type, schemaVersion, content, position),
          });
        break;
      }
      case 'BodyFactWithdrawn':
        if (statements.has(event.data.event)) statements.set(event.data.event, null);
        break;
      default:
        statements.set(eventId, { eventId, position, value: event });
    }
  return [...statements.values()].filter((statement) => statement !== null);
}

/** The statements of one body, by their types, in position order. */
interface Statements {
  registered: Stated<EventData<'BodyRegistered'>> | undefined;
  dissolved: Stated<EventData<'BodyDissolved'>> | null;
  readonly renamed: Stated<EventData<'BodyRenamed'>>[];
  readonly assigned: EventData<'CodeAssigned'>[];
  readonly control: Stated<EventData<'ControlRecorded'>>[];
}

function byType(statements: readonly Stated<LedgerEvent>[]): Statements {
  const found: Statements = {
    registered: undefined,
    dissolved: null,
    renamed: [],
    assigned: [],
    control: [],
  };
  for (const { eventId, position, value } of statements)
    switch (value.type) {
      case 'BodyRegistered':
        found.registered = { eventId, position, value: value.data };
        break;
      case 'BodyDissolved':
        found.dissolved = { eventId, position, value: value.data };
        break;
      case 'BodyRenamed':
        found.renamed.push({ eventId, position, value: value.data });
        break;
      case 'CodeAssigned':
        found.assigned.push(value.data);
        break;
      case 'ControlRecorded':
        found.control.push({ eventId, position, value: value.data });
        break;
      default:
        break;
    }
  return found;
}

/** By the day they are true from; of two with one day, the one recorded later comes last. */
function byDay<T extends Stated<{ readonly from: string }>>(stated: T[]): T[] {
  return stated.sort((a, b) => {
    if (a.value.from !== b.value.from) return a.value.from < b.value.from ? -1 : 1;
    return a.position < b.position ? -1 : 1;
  });
}

/** The body that facts of one stream make, or undefined where its registration is withdrawn or missing. */
export function bodyOf(id: string, facts: readonly BodyFact[]): Body | undefined {
  const { registered, dissolved, renamed, assigned, control } = byType(standing(facts));
  if (registered === undefined) return undefined;
  const {
    kind,
    name,
    otherNames = [],
    type = null,
    region = null,
    county = null,
    from,
    codes,
  } = registered.value;
  return {
    id,
    kind,
    name,
    otherNames,
    type,
    region,
    county,
    from,
    until: dissolved?.value.on ?? null,
    registered,
    dissolved,
    renamed: byDay(renamed),
    codes: [
      ...codes.map((code) => ({ ...code, from: null, former: false })),
      ...assigned.map(({ system, code, from: since, former }) => ({ system, code, from: since, former })),
    ],
    control: byDay(control),
  };
}

/** Whether the body exists on a London date: start ≤ date < end (F1). */
export function existsOn({ from, until }: Pick<Body, 'from' | 'until'>, date: string): boolean {
  return (from === null || from <= date) && (until === null || date < until);
}

/** The name a body bears on a date. */
export function nameOn(body: Body, date: string): string {
  return body.renamed.findLast(({ value }) => value.from <= date)?.value.name ?? body.name;
}

/** The control of a council on a date, and the event that says so; unknown where nothing does. Never guessed. */
export function controlOn(
  body: Body,
  date: string,
): { readonly control: Control | 'unknown'; readonly eventId?: string } {
  const last = body.control.findLast(({ value }) => value.from <= date);
  if (last === undefined || (last.value.to !== undefined && last.value.to <= date))
    return { control: 'unknown' };
  return { control: last.value.control, eventId: last.eventId };
}
