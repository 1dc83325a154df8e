import type { AppendRequest } from '@ledger/event-log';
import { derivedId, streamOf } from '@ledger/events';
import { plannedAppends, type Plan } from '../durability/small-ledger/plan';

/** What is asked of a log: what the plan says, and in the middle of it, if wanted, an event that nothing can read. */
export interface LoadedPlan extends Plan {
  readonly poison?: boolean;
}

/** The stream of the event that cannot be read: it has nothing else in it. */
export const poisonStream = streamOf('activity', derivedId('poison'));

function poison(): AppendRequest {
  const id = derivedId('poison', 'event');
  return {
    writes: [
      {
        stream: poisonStream,
        expected: 'any',
        events: [{ id, type: 'NeverDeclared', schemaVersion: 1, data: {} }],
      },
    ],
    command: { actor: id, scope: 'planned', key: 'poison', hash: 'poison' },
    correlationId: id,
    causationId: id,
  };
}

/** The appends of a load, in their order. The same load is the same for ever. */
export function loadedAppends({ poison: poisoned = false, ...plan }: LoadedPlan): readonly AppendRequest[] {
  const appends = plannedAppends(plan);
  const middle = Math.floor(appends.length / 2);
  return poisoned ? [...appends.slice(0, middle), poison(), ...appends.slice(middle)] : appends;
}
