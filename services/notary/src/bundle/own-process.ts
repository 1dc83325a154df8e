import { fork } from 'node:child_process';

/** What a process says: how far it is, what it came to, or why it came to nothing. */
type Said<T> =
  | { readonly progress: readonly [done: number, of: number] }
  | { readonly result: T }
  | { readonly error: { readonly message: string; readonly code: unknown } };

/** By how much the heap of a process may grow, in MB: what is old, and what is new. */
export interface HeapLimits {
  readonly oldMb: number;
  readonly youngMb: number;
}

/** What the process is given, and who is told how far it is. */
interface ProcessCall<S extends object> {
  readonly start: S;
  readonly limits: HeapLimits;
  readonly onProgress?: ((done: number, of: number) => void) | undefined;
}

/** The process ended without a word: as one does that has no memory left. */
export class ProcessEndedError extends Error {
  readonly code = 'PROCESS_ENDED';

  constructor(why: string) {
    super(`The process that verifies has ended before it was done (${why}); try again with more memory free`);
    this.name = 'ProcessEndedError';
  }
}

/**
 * Does work in a process of its own, whose memory is bounded and given back when it ends: what a thread has grown by
 * stays with the process that it was in.
 * @throws ProcessEndedError; what the work threw, by message and code
 */
export async function inOwnProcess<T, S extends object>(
  file: string,
  { start, limits: { oldMb, youngMb }, onProgress }: ProcessCall<S>,
): Promise<T> {
  const child = fork(file, [], {
    execArgv: [`--max-old-space-size=${oldMb}`, `--max-semi-space-size=${youngMb}`],
    serialization: 'advanced',
    // What an engine without memory writes is no message for people.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      child.on('message', (said: Said<T>) => {
        if ('progress' in said) onProgress?.(...said.progress);
        else if ('result' in said) resolve(said.result);
        else reject(Object.assign(new Error(said.error.message), { code: said.error.code }));
      });
      child.on('error', reject);
      child.on('exit', (code, signal) => reject(new ProcessEndedError(signal ?? `code ${code ?? ''}`)));
      child.send(start);
    });
  } finally {
    child.kill('SIGKILL');
  }
}

function say<T>(said: Said<T>): void {
  process.send?.(said);
}

/** Tells whoever waits for this process how far it is. */
export function sayProgress(done: number, of: number): void {
  say({ progress: [done, of] });
}

/** Does the work that this process is given, and says what it came to. Nobody waits for it who has ended. */
export function answering(work: (start: unknown) => Promise<unknown>): void {
  process.once('disconnect', () => process.exit());
  process.once('message', (start: unknown) => {
    work(start).then(
      (result) => say({ result }),
      (error: unknown) =>
        say({
          error: {
            message: error instanceof Error ? error.message : String(error),
            code: error instanceof Error && 'code' in error ? error.code : undefined,
          },
        }),
    );
  });
}
