import { busySeconds } from './machine';
import type { Sample } from './sample';

/** What a run has used between two moments. */
export type Used = Omit<Sample, 'values'>;

/**
 * Starts to watch the time and the processors.
 * @param others processor seconds that further processes of the run have used so far
 * @returns ends the watch
 */
export function startWatch(others: () => number = () => 0): () => Used {
  const own = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000_000 + others();
  };
  const [ownBefore, busyBefore] = [own(), busySeconds()];
  const began = process.hrtime.bigint();
  return () => {
    const wallSeconds = Number(process.hrtime.bigint() - began) / 1e9;
    const [cpuSeconds, busy] = [own() - ownBefore, busySeconds()];
    const used = { wallSeconds, cpuSeconds };
    if (busy === undefined || busyBefore === undefined) return used;
    return { ...used, othersCpuSeconds: Math.max(0, busy - busyBefore - cpuSeconds) };
  };
}

/** Milliseconds that work took. */
export async function millisecondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - began) / 1e6;
}
