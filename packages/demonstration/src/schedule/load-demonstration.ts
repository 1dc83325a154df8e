import { londonInstant } from '@ledger/calendar';
import { derivedId, eventDefinitions } from '@ledger/events';
import type { Clock, EventLog, StreamWrite } from '@ledger/event-log';
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

/** Events by stream, in the order in which they come. */
function writesOf(
  events: readonly ScheduledEvent[],
  revisions: ReadonlyMap<string, bigint | undefined>,
): StreamWrite[] {
  const byStream = new Map<string, ScheduledEvent[]>();
  for (const event of events) {
    const known = byStream.get(event.stream);
    if (known === undefined) byStream.set(event.stream, [event]);
    else known.push(event);
  }
  return [...byStream].map(([stream, ofStream]) => ({
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

async function append({ log, vault, actor }: LoadParts, { key, events }: ScheduledAppend): Promise<void> {
  const name = `demonstration/${key}`;
  const command = {
    actor,
    scope: 'load-demonstration',
    key: vault.keyed(name),
    hash: vault.keyed(`${name}/${events.length}`),
  };
  if ((await log.findCommand(command)) !== undefined) return;
  const revisions = new Map<string, bigint | undefined>();
  for (const { stream } of events)
    if (!revisions.has(stream)) revisions.set(stream, await log.streamRevision(stream));
  const id = derivedId('command', name);
  await log.append({ writes: writesOf(events, revisions), command, correlationId: id, causationId: id });
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
