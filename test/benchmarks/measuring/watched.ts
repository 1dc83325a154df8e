import { treeSeconds } from './process-tree';
import type { Sample } from './sample';
import { startWatch } from './stopwatch';

/**
 * What working through so many events came to, while this process and an engine beside it are watched.
 * @param service processor seconds of a process of its own that does the work, so far; left out, this process does it
 */
export async function watched(
  engine: { readonly pid: number },
  events: number,
  work: () => Promise<void>,
  service?: () => number,
): Promise<Sample> {
  const before = treeSeconds(engine.pid);
  const end = startWatch(() => treeSeconds(engine.pid) - before + (service?.() ?? 0));
  await work();
  const used = end();
  const seconds = treeSeconds(engine.pid) - before;
  const perEvent = (taken: number): number => (taken * 1_000_000) / events;
  return {
    ...used,
    values: {
      eventsPerSecond: events / used.wallSeconds,
      ownMicroseconds: perEvent(service?.() ?? used.cpuSeconds - seconds),
      engineMicroseconds: perEvent(seconds),
    },
  };
}
