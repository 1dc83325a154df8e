import { setTimeout as after } from 'node:timers/promises';
import { within } from './errors';

/** How often a broker is asked about a topic, and how many milliseconds lie between. */
const asked = 100;
const pauseMs = 50;

/**
 * What a broker says while nobody leads a partition yet: one that has just been made, or whose leader has just gone. Each
 * broker hears of a new leader in its own time, and is asked by those who heard earlier.
 */
const leaderless: ReadonlySet<string> = new Set(['LEADER_NOT_AVAILABLE', 'NOT_LEADER_FOR_PARTITION']);
/** What a broker says besides of a topic that was made a moment ago. */
const unheardOf: ReadonlySet<string> = new Set([...leaderless, 'UNKNOWN_TOPIC_OR_PARTITION']);

async function askedAgain<T>(passing: ReadonlySet<string>, work: () => Promise<T>): Promise<T> {
  for (let left = asked; ; left--)
    try {
      return await work();
    } catch (error) {
      if (left === 0 || ![...within(error)].some(({ type }) => passing.has(type))) throw error;
      await after(pauseMs);
    }
}

/** Asks again, for five seconds, where partitions have no leader at the moment; the client itself gives up at once. */
export async function onceLed<T>(work: () => Promise<T>): Promise<T> {
  return askedAgain(leaderless, work);
}

/** As {@link onceLed}, about a topic that was made a moment ago: the broker that is asked may not have heard of it. */
export async function onceKnown<T>(work: () => Promise<T>): Promise<T> {
  return askedAgain(unheardOf, work);
}
