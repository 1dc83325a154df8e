import type { Standalone } from '@ledger/standalone';
import { SingleBar } from 'cli-progress';

/** How often the bar moves, and how long opening may take before there is one. */
const everyMs = 200;
const patienceMs = 1000;

/**
 * Waits until a ledger is ready. Where a person looks on and it takes over a second, a bar shows how far it is; never
 * among the answers, and never in a file or a pipe.
 */
export async function showingProgress(ledger: Standalone): Promise<void> {
  if (!process.stderr.isTTY) return ledger.ready;
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{doing} {bar} {value}/{total}',
    hideCursor: true,
  });
  let waited = 0;
  const timer = setInterval(() => {
    waited += everyMs;
    const now = ledger.readiness();
    if (now.state !== 'loading' || waited < patienceMs) return;
    if (!bar.isActive) bar.start(Math.max(now.total, 1), now.done, { doing: now.doing });
    bar.setTotal(Math.max(now.total, 1));
    bar.update(now.done, { doing: now.doing });
  }, everyMs);
  try {
    await ledger.ready;
  } finally {
    clearInterval(timer);
    bar.stop();
  }
  return undefined;
}

/** How far some work has come. */
interface Step {
  readonly done: number;
  readonly total: number;
  readonly doing: string;
}

/** Does work; where a person looks on and it takes over a second, a bar shows how far it is. */
export async function showingSteps<T>(
  ask: () => Promise<Step | undefined>,
  work: () => Promise<T>,
): Promise<T> {
  if (!process.stderr.isTTY) return work();
  const bar = new SingleBar({
    stream: process.stderr,
    format: '{doing} {bar} {value}/{total}',
    hideCursor: true,
  });
  const show = async (): Promise<void> => {
    const step = await ask();
    if (step === undefined) return;
    if (!bar.isActive) bar.start(step.total, step.done, { doing: step.doing });
    bar.update(step.done, { doing: step.doing });
  };
  // An answer that comes too late, or not at all, leaves the bar where it was.
  const timer = setInterval(() => void show().catch(() => undefined), patienceMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    bar.stop();
  }
}
