import type { ExportedEvent } from './exported-event';
import { asObject, objectAt, textAt, textOrNull, type JsonObject } from './json';

/** One fact about a body, as it reads after all corrections of it. */
interface Fact {
  readonly id: string;
  readonly body: string;
  readonly type: string;
  readonly data: JsonObject;
  withdrawn: boolean;
}

/** What is recorded about one body. Facts are in the order in which what they say was recorded. */
export interface Body {
  readonly id: string;
  readonly kind: string;
  readonly type: string | null;
  readonly region: string | null;
  /** Null: it was always there. */
  readonly from: string | null;
  /** The first day without it, or null. */
  readonly dissolvedOn: string | null;
  readonly controls: readonly {
    readonly control: string;
    readonly from: string;
    readonly to: string | null;
  }[];
}

/** The group of councils of which it is not recorded what group they are in. */
export const unknownGroup = 'unknown';

function factsOf(events: readonly ExportedEvent[]): Fact[] {
  const facts = new Map<string, Fact>();
  for (const { id, type, stream, data: content } of events) {
    if (!stream.startsWith('body-')) continue;
    const data = asObject(content, `The data of ${id}`);
    if (type === 'BodyFactCorrected') {
      const fact = facts.get(textAt(data, 'corrects'));
      if (fact === undefined) continue;
      // What it says now is recorded now: it goes behind all that was recorded before.
      facts.delete(fact.id);
      facts.set(fact.id, { ...fact, data: objectAt(data, 'content') });
    } else if (type === 'BodyFactWithdrawn') {
      const fact = facts.get(textAt(data, 'event'));
      if (fact !== undefined) fact.withdrawn = true;
    } else facts.set(id, { id, body: stream.slice('body-'.length), type, data, withdrawn: false });
  }
  return [...facts.values()].filter((fact) => !fact.withdrawn);
}

/** The register: every body whose registration stands, by id. Events come in the order of their positions. */
export function bodiesOf(events: readonly ExportedEvent[]): ReadonlyMap<string, Body> {
  const facts = factsOf(events);
  const bodies = new Map<string, Body>();
  for (const { body: id, type, data } of facts) {
    if (type !== 'BodyRegistered') continue;
    const own = facts.filter((fact) => fact.body === id);
    const dissolved = own.filter((fact) => fact.type === 'BodyDissolved').at(-1);
    bodies.set(id, {
      id,
      kind: textAt(data, 'kind'),
      type: textOrNull(data, 'type'),
      region: textOrNull(data, 'region'),
      from: textOrNull(data, 'from'),
      dissolvedOn: dissolved === undefined ? null : textAt(dissolved.data, 'on'),
      controls: own
        .filter((fact) => fact.type === 'ControlRecorded')
        .map((fact) => ({
          control: textAt(fact.data, 'control'),
          from: textAt(fact.data, 'from'),
          to: textOrNull(fact.data, 'to'),
        })),
    });
  }
  return bodies;
}

/** Whether it is there on a day: from its first day on, and before the first day without it. */
function existsOn(body: Body, day: string): boolean {
  return (body.from === null || body.from <= day) && (body.dissolvedOn === null || day < body.dissolvedOn);
}

/** The control on a day: that of the latest record not after it, unless the record has run out by then. */
export function controlOn(body: Body, day: string): string {
  let latest: Body['controls'][number] | undefined;
  // Of two records from the same day the one recorded later holds, so an equal day replaces.
  for (const record of body.controls)
    if (record.from <= day && (latest === undefined || record.from >= latest.from)) latest = record;
  if (latest === undefined || (latest.to !== null && day >= latest.to)) return unknownGroup;
  return latest.control;
}

/** The councils that exist on a day, in the order of their ids. */
export function councilsOn(bodies: ReadonlyMap<string, Body>, day: string): Body[] {
  return [...bodies.values()]
    .filter((body) => body.kind === 'council' && existsOn(body, day))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}
