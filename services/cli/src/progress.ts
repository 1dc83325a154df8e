import type { Standalone } from '@ledger/standalone';
import { SingleBar } from 'cli-progress';

/** How long work may take before there is a bar; how often it then moves is for the work to say. */
const patienceMs = 1000;

/** How far some work has come. */
interface Step {
  readonly done: number;
  readonly total: number;
  readonly doing: string;
}

/**
 * Does work; where a person looks on and it takes over a second, a bar shows how far it is: never among the answers,
 * and never in a file or a pipe.
 * @param ask how far the work is, asked every `everyMs`; undefined leaves the bar where it was
 */
export async function showingProgress<T>(
  ask: () => Promise<Step | undefined>,
  everyMs: number,
  work: () => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work();
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{doing} {bar} {value}/{total}',
    hideCursor: true,
  });
  let ended = false;
  const show = async (): Promise<void> => {
    const step = await ask();
    if (step === undefined || ended) return;
    const total = Math.max(step.total, 1);
    if (!bar.isActive) bar.start(total, step.done, { doing: step.doing });
    bar.setTotal(total);
    bar.update(step.done, { doing: step.doing });
  };
  let waited = 0;
  const timer = setInterval(() => {
    waited += everyMs;
    // An answer that comes too late, or not at all, leaves the bar where it was.
    if (waited >= patienceMs) void show().catch(() => undefined);
  }, everyMs);
  try {
    return await work();
  } finally {
    ended = true;
    clearInterval(timer);
    bar.stop();
  }
}

/** Waits until a ledger is ready, and shows how far it is. */
export async function showingOpening(ledger: Standalone): Promise<void> {
  const step = (): Step | undefined => {
    const now = ledger.readiness();
    return now.state === 'loading' ? now : undefined;
  };
  return showingProgress(
    () => Promise.resolve(step()),
    200,
    () => ledger.ready,
  );
}
