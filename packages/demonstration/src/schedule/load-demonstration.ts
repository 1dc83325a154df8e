import { londonInstant } from '@ledger/calendar';
import { grouped } from '@ledger/domain';
import { derivedId, eventDefinitions } from '@ledger/events';
import type { Clock, EventLog, LogLimits, StreamWrite } from '@ledger/event-log';
import type { Vault } from '@ledger/vault';
import { demonstrationSchedule } from './schedule';
import type { ScheduledAppend, ScheduledEvent } from './scheduled-append';

/** A clock that shows simulated days while the demonstration is loaded, and the real time afterwards. */
export class DemonstrationClock {
  #simulated: number | undefined;

  constructor(readonly real: Clock) {}

  readonly now = (): number => this.#simulated ?? this.real();

  set(instant: number): void {
    this.#simulated = instant;
  }

  release(): void {
    this.#simulated = undefined;
  }
}

export interface LoadParts {
  readonly log: EventLog;
  readonly vault: Vault;
  readonly clock: DemonstrationClock;
  /** The user in whose name the demonstration is recorded. */
  readonly actor: string;
  /** False for an empty ledger: register and catalogue only. */
  readonly full: boolean;
  readonly onProgress?: (progress: {
    readonly done: number;
    readonly total: number;
    readonly doing: string;
  }) => void;
}

/** Events by stream, in the order in which streams and events come. */
function byStream(events: readonly ScheduledEvent[]): ReadonlyMap<string, readonly ScheduledEvent[]> {
  return grouped(events, ({ stream }) => stream);
}

/** Events of a step, those of one stream together: the order in which one append records them. */
function inOrderOfStreams(events: readonly ScheduledEvent[]): readonly ScheduledEvent[] {
  return [...byStream(events).values()].flat();
}

/** Splits events into what a log takes in one append each. */
function inParts(
  events: readonly ScheduledEvent[],
  { appendEvents, multiStream }: LogLimits,
): readonly (readonly ScheduledEvent[])[] {
  const parts: ScheduledEvent[][] = [];
  for (const event of events) {
    const part = parts.at(-1);
    const other = !multiStream && part?.at(-1)?.stream !== event.stream;
    if (part === undefined || part.length >= appendEvents || other) parts.push([event]);
    else part.push(event);
  }
  return parts;
}

/** Events as they are written, each stream at the revision that it has. */
function writesOf(
  events: readonly ScheduledEvent[],
  revisions: ReadonlyMap<string, bigint | undefined>,
): StreamWrite[] {
  return [...byStream(events)].map(([stream, ofStream]) => ({
    stream,
    expected: revisions.get(stream) ?? 'no-stream',
    events: ofStream.map(({ id, event: { type, data }, import: stamp, illustrative }) => ({
      id,
      type,
      schemaVersion: eventDefinitions[type].version,
      data,
      ...(stamp !== undefined && { import: stamp }),
      ...(illustrative !== undefined && { illustrative }),
    })),
  }));
}

/**
 * Appends a step, in as many parts as the log needs: events come in the same order in all logs, and so have the same
 * positions.
 */
async function append({ log, vault, actor }: LoadParts, { key, events }: ScheduledAppend): Promise<void> {
  const step = `demonstration/${key}`;
  const id = derivedId('command', step);
  for (const [number, part] of inParts(inOrderOfStreams(events), log.limits).entries()) {
    const name = number === 0 ? step : `${step}/part-${number}`;
    const command = {
      actor,
      scope: 'load-demonstration',
      key: vault.keyed(name),
      hash: vault.keyed(`${name}/${events.length}`),
    };
    if ((await log.findCommand(command)) !== undefined) continue;
    const revisions = new Map<string, bigint | undefined>();
    for (const { stream } of part)
      if (!revisions.has(stream)) revisions.set(stream, await log.streamRevision(stream));
    await log.append({ writes: writesOf(part, revisions), command, correlationId: id, causationId: id });
  }
}

/**
 * Loads the demonstration, one append after another in the order of its days. Killed and started again it goes on
 * where it was, and ends in the same ledger byte for byte; loaded again it adds nothing.
 */
export async function loadDemonstration(parts: LoadParts): Promise<void> {
  const schedule = demonstrationSchedule(parts.full);
  const total = schedule.reduce((sum, { events }) => sum + events.length, 0);
  let done = 0;
  try {
    for (const step of schedule) {
      parts.onProgress?.({ done, total, doing: step.label });
      parts.clock.set(Date.parse(londonInstant(step.day, 9)));
      await append(parts, step);
      done += step.events.length;
    }
  } finally {
    parts.clock.release();
  }
  parts.onProgress?.({ done, total, doing: 'loaded' });
}
