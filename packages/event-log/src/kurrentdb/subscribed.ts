import type { AllStreamSubscription, KurrentDBClient, StreamSubscription } from '@kurrent/kurrentdb-client';
import type { Connection } from './connection';
import type { SeenEvent, SeenSetting } from './own-events';
import { seenIn } from './own-events';
import { within } from './server-errors';

type Subscription = AllStreamSubscription | StreamSubscription;

/** Lets go of a subscription; whatever it still has to say is of no interest. */
export function letGo(subscription: Subscription): void {
  subscription.on('error', () => undefined);
  subscription.unsubscribe().catch(() => undefined);
  subscription.destroy();
}

/**
 * What a subscription brings, for reading a stretch that is known to be there. The client's own reads go through a native
 * part that stalls, has no deadline, and is dead for ever when the server was down at the first; subscriptions do not.
 * Everything after where it begins comes in order, and whoever reads stops when the end of the stretch has come.
 * @param idleMs how long to wait for the next event before the server is taken for unreachable
 */
export async function* subscribed(
  connection: Connection,
  open: (client: KurrentDBClient) => Subscription,
  prefix: string,
  idleMs: number,
): AsyncGenerator<SeenEvent | SeenSetting> {
  const client = await connection.client();
  const subscription = open(client);
  // An error that comes while nothing is waited for must not end the process.
  subscription.on('error', () => undefined);
  const events = subscription[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await within(events.next(), idleMs);
      if (next.done === true)
        throw Object.assign(new Error('the subscription ended'), { type: 'unavailable' });
      const seen = seenIn(next.value, prefix);
      if (seen !== undefined) yield seen;
    }
  } catch (error) {
    void connection.discard(client).catch(() => undefined);
    throw error;
  } finally {
    letGo(subscription);
  }
}
