import { derivedId, streamOf, type StoredBody } from '@ledger/events';
import type { Random } from '../../histories/random';
import type { Answer } from '../served-ledger';

/** A request to record something, with what it is to leave in the log. */
export interface RecordingRequest {
  readonly path: string;
  readonly body: unknown;
  readonly key: string;
  /** The streams of what it records; none where it changes what another recorded. */
  readonly streams: readonly string[];
  readonly events: number;
}

/** Where an event was recorded, by the answer. */
export interface AnsweredEvent {
  readonly id: string;
  readonly stream: string;
  readonly position: string;
}

const councils = ['Watford', 'Elmbridge', 'Cornwall', 'Leeds', 'Brent', 'Camden', 'Kent', 'Wigan'];

function item(id: string, random: Random): unknown {
  return {
    type: 'SupportProvided',
    id,
    data: {
      offer: 'cyber-security',
      title: `Support ${random.below(1000)}`,
      occurred: { from: '2025-06-02', to: '2025-06-03', basis: 'stated' },
      bodies: [{ body: random.pick(councils), role: 'recipient' }],
    },
    comment: 'Recorded late, for a test',
  };
}

/** Makes requests from chance: imports of many rows, records of some, and withdrawals with a note. */
export class RequestMaker {
  #made = 0;
  readonly #recorded: string[] = [];

  constructor(
    readonly random: Random,
    readonly name: string,
  ) {}

  next(): RecordingRequest {
    const key = `${this.name}-${this.#made++}`;
    const kind = this.random.weighted([
      [4, 'import'],
      [4, 'record'],
      [2, 'withdraw'],
    ] as const);
    const id = kind === 'withdraw' ? this.#recorded.shift() : undefined;
    return id === undefined ? this.#recording(key, kind === 'import') : withdrawal(key, id);
  }

  #recording(key: string, isImport: boolean): RecordingRequest {
    const count = isImport ? this.random.between(20, 250) : this.random.between(1, 4);
    const ids = Array.from({ length: count }, (_, at) => derivedId('killed-record', key, String(at)));
    const records = ids.map((id) => item(id, this.random));
    return {
      path: isImport ? '/api/imports' : '/api/records',
      body: isImport ? { label: key, records } : { records },
      key,
      streams: ids.map((id) => streamOf('activity', id)),
      // An import says when it was accepted and completed.
      events: count + (isImport ? 2 : 0),
    };
  }

  /** Only what is surely there is withdrawn. */
  acknowledged({ streams }: RecordingRequest): void {
    const [first] = streams;
    if (first !== undefined) this.#recorded.push(first.slice('activity-'.length));
  }
}

function withdrawal(key: string, id: string): RecordingRequest {
  const body = { reason: 'other', note: `Withdrawn as ${key}` };
  return { path: `/api/records/activity/${id}/withdrawals`, body, key, streams: [], events: 1 };
}

/** The events that an answer says were recorded. */
export function eventsOf({ body }: Answer): readonly AnsweredEvent[] {
  // The answer to a command, as the API describes it.
  return body['events'] as AnsweredEvent[];
}

/** What is wrong with a log after requests of which some were answered; sentences. */
export function findingsIn(
  log: readonly StoredBody[],
  sent: readonly RecordingRequest[],
  answered: readonly AnsweredEvent[],
): readonly string[] {
  const findings: string[] = [];
  for (const { id, stream, position } of answered) {
    const found = log[Number(position) - 1];
    if (found?.id !== id || found.stream !== stream)
      findings.push(`The event ${id} was answered at position ${position} and is not there.`);
  }
  const requestOf = new Map(sent.flatMap((request) => request.streams.map((stream) => [stream, request])));
  const recorded = log.filter(({ command }) => command.scope === 'record' || command.scope === 'import');
  const counts = new Map<string, number>();
  for (const { command } of recorded) counts.set(command.key, (counts.get(command.key) ?? 0) + 1);
  for (const { stream, command } of recorded) {
    const request = requestOf.get(stream);
    if (request === undefined || counts.get(command.key) === request.events) continue;
    findings.push(`Of ${request.key} there are ${counts.get(command.key)} of ${request.events} events.`);
  }
  return [...new Set(findings)];
}
