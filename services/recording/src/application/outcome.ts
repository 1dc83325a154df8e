import type { Fault } from '@ledger/domain';
import type { AppendResult, StreamWrite } from '@ledger/event-log';

/** A thing that a command made or changed. */
export interface Touched {
  readonly kind: string;
  readonly id: string;
}

/** What a command did, or would do. */
export interface Outcome {
  readonly dryRun: boolean;
  readonly replayed: boolean;
  readonly records: readonly Touched[];
  readonly events: readonly {
    readonly id: string;
    readonly stream: string;
    readonly position: string | null;
  }[];
  readonly position: string | null;
  readonly cursor: string | null;
  readonly warnings: readonly Fault[];
}

function touchedBy(streams: readonly string[]): Touched[] {
  return [...new Set(streams)].map((stream) => {
    const dash = stream.indexOf('-');
    return { kind: stream.slice(0, dash), id: stream.slice(dash + 1) };
  });
}

/** What an append did, now or the first time. */
export function outcomeOf(result: AppendResult, warnings: readonly Fault[]): Outcome {
  return {
    dryRun: false,
    replayed: result.replayed,
    records: touchedBy(result.events.map(({ stream }) => stream)),
    events: result.events.map(({ id, stream, position }) => ({ id, stream, position: String(position) })),
    position: String(result.position),
    cursor: result.cursor,
    warnings,
  };
}

/** What would be written. */
export function dryOutcome(writes: readonly StreamWrite[], warnings: readonly Fault[]): Outcome {
  return {
    dryRun: true,
    replayed: false,
    records: touchedBy(writes.map(({ stream }) => stream)),
    events: writes.flatMap(({ stream, events }) => events.map(({ id }) => ({ id, stream, position: null }))),
    position: null,
    cursor: null,
    warnings,
  };
}
