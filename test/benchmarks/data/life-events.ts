import { eventDefinitions } from '@ledger/events';
import type { AppendRequest, NewEvent } from '@ledger/event-log';
import { eventIdOf, lifeKinds, lifeOf } from './lives';
import { Setting } from './setting';

/** An event that was decided on, with the place it will have in its stream. */
export interface DecidedAppend {
  readonly stream: string;
  readonly revision: number;
  readonly event: NewEvent;
}

/** Shares no divisor with the number of things of any kind, so every thing comes once and the years are mixed. */
const stride = 7919;

/** The kinds in their proportions: always the one that is furthest behind. */
function* kindsInTurn({ proportions }: Setting): Generator<(typeof lifeKinds)[number]> {
  const done = new Map(lifeKinds.map((kind) => [kind, 0]));
  for (;;) {
    let next = lifeKinds[0] ?? 'support';
    for (const kind of lifeKinds)
      if ((done.get(kind) ?? 0) / proportions[kind] < (done.get(next) ?? 0) / proportions[next]) next = kind;
    done.set(next, (done.get(next) ?? 0) + 1);
    yield next;
  }
}

/**
 * Events like those of the data set, but one whole life after another: what is recorded into a ledger while
 * something is measured. Another seed gives other things, of the same councils and offers.
 */
export function* lifeEvents({
  seed,
  count,
  ofLedger = 1_000_000,
}: {
  readonly seed: number;
  readonly count: number;
  /** Events of the data set in the ledger they are for: a small one has fewer bodies. */
  readonly ofLedger?: number;
}): Generator<DecidedAppend> {
  const setting = new Setting({ events: 1_000_000, seed }, ofLedger);
  const begun = new Map<string, number>();
  let given = 0;
  for (const kind of kindsInTurn(setting)) {
    const number = begun.get(kind) ?? 0;
    begun.set(kind, number + 1);
    const index = (number * stride) % setting.proportions[kind];
    const { stream, steps } = lifeOf(setting, kind, index);
    for (const [revision, { event }] of steps.entries()) {
      if (given >= count) return;
      given += 1;
      const { type, data } = event;
      const id = eventIdOf({ setting, kind, index }, revision);
      yield { stream, revision, event: { id, type, schemaVersion: eventDefinitions[type].version, data } };
    }
  }
}

/** Decided events as one append, under a command of its own. */
export function requestOf(events: readonly DecidedAppend[], name: string): AppendRequest {
  const byStream = new Map<string, DecidedAppend[]>();
  for (const one of events) {
    const known = byStream.get(one.stream);
    if (known === undefined) byStream.set(one.stream, [one]);
    else known.push(one);
  }
  const id = events[0]?.event.id ?? '';
  // As long as the keyed hashes of a real command.
  const key = Buffer.from(name.padEnd(32, '.').slice(0, 32), 'utf8').toString('hex');
  return {
    writes: [...byStream].map(([stream, ofStream]) => {
      const first = ofStream[0]?.revision ?? 0;
      return {
        stream,
        expected: first === 0 ? 'no-stream' : BigInt(first - 1),
        events: ofStream.map(({ event }) => event),
      };
    }),
    command: { actor: id, scope: 'record', key, hash: key },
    correlationId: id,
    causationId: id,
  };
}
