import { demonstrationSchedule } from '@ledger/demonstration';
import { derivedId, eventDefinitions, streamOf, type EventData, type EventType } from '@ledger/events';
import { MemoryEventLog, type StreamWrite } from '@ledger/event-log';
import { BodyMatcher, bodyIdOf } from '@ledger/councils';
import { scheduledRegister } from '@ledger/demonstration';
import {
  createQueries,
  historyFromLog,
  Projector,
  type ExplainQuestion,
  type LedgerQueries,
  seesEverything,
} from '@ledger/projections';
import { MemoryReadStore } from '@ledger/read-store';

/** One event to be recorded, in the stream it opens or goes on in. */
export interface Recorded {
  readonly stream: string;
  readonly type: EventType;
  readonly data: unknown;
}

const register = scheduledRegister();
const matcher = new BodyMatcher(register);

/** The councils that exist on a day, by name. */
export function councilsOn(day: string): readonly string[] {
  return register.councilsOn(day).map(({ bodyId }) => bodyId);
}

export function council(name: string, day: string): string {
  const found = matcher.resolve(name, day);
  if (!found.found) throw new Error(found.problem);
  return found.bodyId;
}

export { bodyIdOf };

/** The name of a person or thing as an id. */
export const idOf = (kind: string, number: number): string => derivedId('hard-figure', kind, String(number));

export const day = (date: string): EventData<'SupportProvided'>['occurred'] => ({
  from: date,
  to: date,
  basis: 'stated',
});

let made = 0;

/** An activity of its own. */
export function activity<T extends EventType>(type: T, data: EventData<T>): Recorded {
  return { stream: streamOf('activity', idOf('activity', ++made)), type, data };
}

export function observation<T extends EventType>(type: T, data: EventData<T>): Recorded {
  return { stream: streamOf('observation', idOf('observation', ++made)), type, data };
}

export function measure(id: string, data: EventData<'MeasureDeclared'>): Recorded {
  return { stream: streamOf('measure', id), type: 'MeasureDeclared', data };
}

function writes(events: readonly Recorded[]): StreamWrite[] {
  const byStream = new Map<string, Recorded[]>();
  for (const event of events) byStream.set(event.stream, [...(byStream.get(event.stream) ?? []), event]);
  return [...byStream].map(([stream, ofStream]) => ({
    stream,
    expected: 'any',
    events: ofStream.map(({ type, data }) => ({
      id: idOf('event', ++made),
      type,
      schemaVersion: eventDefinitions[type].version,
      data: eventDefinitions[type].data.parse(data),
    })),
  }));
}

/** Register and catalogue, as every ledger begins. */
const beginning: readonly Recorded[] = demonstrationSchedule(false).flatMap(({ events }) =>
  events.map(({ stream, event }) => ({ stream, type: event.type, data: event.data })),
);

/** A ledger that holds register, catalogue and these events, ready to be asked. */
export async function ledgerOf(events: readonly Recorded[]): Promise<LedgerQueries> {
  const log = new MemoryEventLog(() => Date.parse('2021-06-01T09:00:00Z'));
  const command = { actor: idOf('actor', 1), scope: 'test', key: 'all', hash: 'all' };
  await log.append({
    writes: writes([...beginning, ...events]),
    command,
    correlationId: command.actor,
    causationId: command.actor,
  });
  const store = new MemoryReadStore();
  const { position } = await log.head();
  await new Projector(store, historyFromLog(log)).apply(
    await log.readPage({ after: 0n, limit: Number(position) }),
  );
  return createQueries({ store, log, figures: [] });
}

type TotalQuestion = Extract<ExplainQuestion, { ask: 'annual-total' }>;

/** One number of a measure. */
export async function total(
  queries: LedgerQueries,
  name: string,
  year: number,
  narrowed: Pick<TotalQuestion, 'offer' | 'programme' | 'roles' | 'asAt'> = {},
): Promise<number> {
  return (
    await queries.explain({ viewer: seesEverything, ask: 'annual-total', measure: name, year, ...narrowed })
  ).value;
}

/** As many as asked for, made from their numbers. */
export function many<T>(count: number, make: (number: number) => T): T[] {
  return Array.from({ length: count }, (_, at) => make(at));
}
