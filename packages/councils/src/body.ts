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

/**
 * Whether facts of one body only ever add to it: nothing is corrected, withdrawn, or stated in the place of another. Then
 * the body as recorded by a position is what all of them make, without what was stated later.
 */
export function onlyAdd(facts: readonly BodyFact[]): boolean {
  let [registered, dissolved] = [0, 0];
  for (const { event } of facts) {
    if (event.type === 'BodyFactCorrected' || event.type === 'BodyFactWithdrawn') return false;
    if (event.type === 'BodyRegistered') registered += 1;
    if (event.type === 'BodyDissolved') dissolved += 1;
  }
  return registered === 1 && dissolved <= 1;
}

/** The facts of one body that were recorded by a position; all of them come in position order. */
export function factsBy(facts: readonly BodyFact[], position: bigint): readonly BodyFact[] {
  let [low, high] = [0, facts.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const fact = facts[middle];
    if (fact !== undefined && fact.position <= position) low = middle + 1;
    else high = middle;
  }
  return low === facts.length ? facts : facts.slice(0, low);
}

/** Whether something was stated by a position; by none given, whatever was stated was. */
function statedBy({ position }: Pick<Stated<unknown>, 'position'>, by: bigint | undefined): boolean {
  return by === undefined || position <= by;
}

/** Whether the body exists on a London date: start ≤ date < end (F1). */
export function existsOn({ from, until }: Pick<Body, 'from' | 'until'>, date: string): boolean {
  return (from === null || from <= date) && (until === null || date < until);
}

/** Whether a body to which facts only added existed on a London date, as was recorded by a position. */
export function existedOn({ from, until, registered, dissolved }: Body, date: string, by?: bigint): boolean {
  const known = dissolved !== null && statedBy(dissolved, by);
  return statedBy(registered, by) && existsOn({ from, until: known ? until : null }, date);
}

/** The name a body bears on a date. @param by only what was stated by a position */
export function nameOn(body: Body, date: string, by?: bigint): string {
  const last = body.renamed.findLast((stated) => stated.value.from <= date && statedBy(stated, by));
  return last?.value.name ?? body.name;
}

/**
 * The control of a council on a date, and the event that says so; unknown where nothing does. Never guessed.
 * @param by only what was stated by a position
 */
export function controlOn(
  body: Body,
  date: string,
  by?: bigint,
): { readonly control: Control | 'unknown'; readonly eventId?: string } {
  const last = body.control.findLast((stated) => stated.value.from <= date && statedBy(stated, by));
  if (last === undefined || (last.value.to !== undefined && last.value.to <= date))
    return { control: 'unknown' };
  return { control: last.value.control, eventId: last.eventId };
}
